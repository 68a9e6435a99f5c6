package io.stockhook.delivery.dispatch;

import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.template.BodyTemplate;
import io.stockhook.events.template.EventAttributes;

/** Bodies that the tenant wrote a template for. */
record TemplateFormat(BodyTemplate template) implements BodyFormat {

    /** The format's name in a registration. */
    static final String NAME = "template";

    @Override
    public byte[] body(DeliveryTask task) {
        EventAttributes event = new EventAttributes(
                task.eventId(), task.subscribedAs(), task.eventTime(), task.eventSource(), task.eventSubject());
        return template.render(event, task.data());
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public Element element(DeliveryTask task) {
        return new Element(body(task), -1);
    }

    @Override
    public String batchContentType() {
        return contentType();
    }
}
