package dev.nslab.lesson;

import dev.cel.common.types.CelType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.common.values.StructValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A record of the kernel's state, as expressions see it. It is no map, because CEL walks through all that a map
 * contains whenever one of its fields is selected, and each process contains a list of all its mounts.
 */
@SuppressWarnings("Immutable") // nobody changes the fields
public final class RecordValue extends StructValue<String, RecordValue> {

    private final String type;
    private final Map<String, Object> fields;

    /** @param fields by their names; not to be changed any more */
    RecordValue(String type, Map<String, Object> fields) {
        this.type = type;
        this.fields = fields;
    }

    public Map<String, Object> fields() {
        return fields;
    }

    /** A copy with one field changed. */
    public RecordValue with(String field, Object value) {
        Map<String, Object> changed = new HashMap<>(fields);
        changed.put(field, value);
        return new RecordValue(type, changed);
    }

    @Override
    public Object select(String field) {
        Object value = fields.get(field);
        if (value == null) {
            throw new IllegalArgumentException(type + " has no field " + field);
        }
        return value;
    }

    @Override
    public Optional<Object> find(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    @Override
    public RecordValue value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return false;
    }

    @Override
    public CelType celType() {
        return StructTypeReference.create(type);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordValue record && fields.equals(record.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
