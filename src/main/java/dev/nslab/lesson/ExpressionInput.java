package dev.nslab.lesson;

import dev.cel.common.values.NullValue;
import dev.nslab.linux.Mount;
import dev.nslab.namespace.Holder;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.NamespaceMounts;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What expressions can ask about, as values of CEL: integers are longs. */
public final class ExpressionInput {

    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            return type.getRecordComponents();
        }
    };

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Object> root;

    private final Set<Integer> old;
    private final IdentityHashMap<List<?>, List<?>> mountLists = new IdentityHashMap<>();

    /** @param old PIDs of the processes that were there when the current step began */
    public ExpressionInput(Snapshot snapshot, Collection<Event> events, Set<Integer> old) {
        this.old = old;
        root = root(snapshot);
        values.put("root", new RecordValue(KernelTypes.INODES, root));
        values.put("mounts", value(ownMounts(snapshot)));
        values.put("processes", value(snapshot.processes()));
        values.put("namespaces", value(snapshot.namespaces()));
        values.put("events", value(events));
    }

    private static Map<String, Object> root(Snapshot snapshot) {
        Map<String, Object> inodes = snapshot.namespaces().stream()
                .filter(Namespace::sandboxRoot)
                .collect(Collectors.toMap(namespace -> namespace.type().toString(), Namespace::inode));
        KernelTypes.INODE_FIELDS.forEach(
                field -> inodes.putIfAbsent(field, inodes.getOrDefault(field.replace("_for_children", ""), 0L)));
        return inodes;
    }

    private static List<Mount> ownMounts(Snapshot snapshot) {
        return snapshot.namespaces().stream()
                .filter(Namespace::sandboxRoot)
                .flatMap(namespace -> namespace.mounts().all().stream())
                .toList();
    }

    private ExpressionInput(Map<String, Object> values, Map<String, Object> root, Set<Integer> old) {
        this.values.putAll(values);
        this.root = root;
        this.old = old;
    }

    /** A copy that can be changed independently. */
    public ExpressionInput copy() {
        return new ExpressionInput(values, root, old);
    }

    /** A copy with one fact replaced. */
    public ExpressionInput with(String name, Object value) {
        ExpressionInput others = copy();
        others.values.put(name, value);
        return others;
    }

    /** Makes what a check found available by its name. */
    public void add(String check, List<?> matches) {
        values.put(check, matches);
    }

    public Map<String, Object> values() {
        return values;
    }

    private Object value(@Nullable Object fact) {
        return switch (fact) {
            case null -> NullValue.NULL_VALUE;
            case Integer number -> number.longValue();
            case Long number -> number;
            case Boolean yes -> yes;
            case SandboxProcess process -> process(process);
            case NamespaceMounts mounts -> value(mounts.all());
            case Holder holder -> record(Holding.of(holder));
            case Record facts -> record(facts);
            case List<?> list when !list.isEmpty() && list.getFirst() instanceof Mount -> later(list);
            case Collection<?> list -> list.stream().map(this::value).toList();
            case Map<?, ?> links -> inodes(links);
            default -> fact.toString();
        };
    }

    private RecordValue process(SandboxProcess process) {
        Map<String, Object> fields = fields(process);
        fields.put(KernelTypes.RECENT, !old.contains(process.pid()));
        return new RecordValue(KernelTypes.name(SandboxProcess.class), fields);
    }

    private RecordValue record(Record facts) {
        return new RecordValue(KernelTypes.name(facts.getClass()), fields(facts));
    }

    /** One list for all processes that see the same mounts. */
    private List<?> later(List<?> mounts) {
        return mountLists.computeIfAbsent(mounts, all -> new LaterList(all, this::value));
    }

    private Map<String, Object> fields(Record facts) {
        RecordComponent[] components = COMPONENTS.get(facts.getClass());
        Map<String, Object> fields = HashMap.newHashMap(components.length);
        for (RecordComponent component : components) {
            try {
                fields.put(component.getName(), value(component.getAccessor().invoke(facts)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return fields;
    }

    /**
     * Inodes that the kernel does not tell, as for a zombie, count as the sandbox's own: expressions look for what
     * differs from these, and are not about the dead.
     */
    private RecordValue inodes(Map<?, ?> links) {
        Map<String, Object> inodes = new HashMap<>(root);
        links.forEach((link, inode) -> inodes.put((String) link, inode));
        return new RecordValue(KernelTypes.INODES, inodes);
    }
}
