package io.stockhook.web.problem;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses query parameters that the method does not declare, by itself or in a {@code @BeanParam}: a filter that is misspelt would
 * otherwise show everything.
 */
@Provider
public class UnknownQueryParameters implements ContainerRequestFilter {

    private final Map<Method, Declared> declared = new ConcurrentHashMap<>();

    private final ResourceInfo resource;

    UnknownQueryParameters(ResourceInfo resource) {
        this.resource = resource;
    }

    /**
     * What a method declares.
     *
     * @param taken all names
     * @param told those that the documentation shows
     */
    private record Declared(Set<String> taken, Set<String> told) {}

    @Override
    public void filter(ContainerRequestContext request) {
        Set<String> given = request.getUriInfo().getQueryParameters().keySet();
        if (given.isEmpty() || resource.getResourceClass().isAnnotationPresent(AnyQuery.class)) {
            return;
        }
        Declared names = declared.computeIfAbsent(resource.getResourceMethod(), UnknownQueryParameters::of);
        List<FieldError> unknown = given.stream()
                .filter(name -> !names.taken().contains(name))
                .sorted()
                .map(name -> new FieldError(name, "There is no such parameter." + existing(names.told())))
                .toList();
        if (!unknown.isEmpty()) {
            throw Problems.badFields(unknown);
        }
    }

    private static String existing(Set<String> names) {
        return names.isEmpty() ? "" : " There are: %s.".formatted(String.join(", ", names));
    }

    private static Declared of(Method method) {
        var names = new Declared(new TreeSet<>(), new TreeSet<>());
        for (Parameter parameter : method.getParameters()) {
            add(parameter, names);
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (Field field : parameter.getType().getDeclaredFields()) {
                    add(field, names);
                }
            }
        }
        return names;
    }

    private static void add(AnnotatedElement element, Declared names) {
        QueryParam query = element.getAnnotation(QueryParam.class);
        if (query == null) {
            return;
        }
        names.taken().add(query.value());
        var documented = element.getAnnotation(org.eclipse.microprofile.openapi.annotations.parameters.Parameter.class);
        if (documented == null || !documented.hidden()) {
            names.told().add(query.value());
        }
    }
}
