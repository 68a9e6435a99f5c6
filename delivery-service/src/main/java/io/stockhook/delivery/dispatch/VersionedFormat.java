package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.eventtype.PayloadVersions;
import io.stockhook.events.EventTypeTable;
import io.stockhook.events.delivery.DeliveryTask;

/**
 * Bodies around data in the version of its payload that the endpoint wants, or an older one where the data is of that. Of a type that is not
 * known the data stays as it is.
 *
 * @param format what is built around the data
 * @param wanted the newest version that the endpoint takes
 */
record VersionedFormat(BodyFormat format, int wanted, EventTypeTable<PayloadVersions> types) implements BodyFormat {

    @Override
    public byte[] body(DeliveryTask task) {
        return format.body(inWantedVersion(task));
    }

    /** Data of another version is not what was published, which the batch keeps beside it then. */
    @Override
    public Element element(DeliveryTask task) {
        DeliveryTask older = inWantedVersion(task);
        Element element = format.element(older);
        return older == task ? element : new Element(element.bytes(), -1);
    }

    @Override
    public String batchContentType() {
        return format.batchContentType();
    }

    private DeliveryTask inWantedVersion(DeliveryTask task) {
        PayloadVersions versions = types.find(task.tenantId(), task.eventType());
        int of = versions == null ? 0 : versions.versionOf(task);
        return versions == null || wanted >= of ? task : task.withData(versions.downgraded(task, of, wanted));
    }

    @Override
    public String contentType() {
        return format.contentType();
    }

    @Override
    public int version(DeliveryTask task) {
        PayloadVersions versions = types.find(task.tenantId(), task.eventType());
        return versions == null ? 0 : Math.min(wanted, versions.versionOf(task));
    }
}
