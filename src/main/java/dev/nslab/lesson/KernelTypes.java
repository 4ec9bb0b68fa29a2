package dev.nslab.lesson;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.nslab.linux.Mount;
import dev.nslab.linux.UidMap;
import dev.nslab.namespace.Death;
import dev.nslab.namespace.Holder;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.NamespaceMounts;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.SandboxThread;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The types that expressions know. They are made from the records that go to JSON, so what the page gets and what a lesson
 * can ask for are the same.
 */
final class KernelTypes implements CelTypeProvider {

    static final String INODES = "Inodes";

    /** The field that says that a process was not there when the current step began. */
    static final String RECENT = "recent";

    /** The files in /proc/PID/ns. */
    static final Set<String> INODE_FIELDS = Set.of(
            "cgroup", "ipc", "mnt", "net", "pid", "pid_for_children", "time", "time_for_children", "user", "uts");

    private static final Map<Class<?>, String> NAMES = Map.of(
            SandboxProcess.class, "Process",
            SandboxThread.class, "Thread",
            Namespace.class, "Namespace",
            Event.class, "Event",
            Death.Victim.class, "Victim",
            UidMap.Extent.class, "Extent",
            Holding.class, "Holder",
            Mount.class, "Mount");

    static final CelType INODES_TYPE =
            struct(INODES, INODE_FIELDS.stream().collect(Collectors.toMap(name -> name, _ -> SimpleType.INT)));
    static final CelType PROCESS = process();
    static final CelType PROCESSES = ListType.create(PROCESS);
    static final CelType NAMESPACES = ListType.create(of(Namespace.class));
    static final CelType MOUNTS = ListType.create(of(Mount.class));
    static final CelType EVENTS = ListType.create(of(Event.class));

    private final ImmutableMap<String, CelType> types = Stream.concat(
                    Stream.of(INODES_TYPE), NAMES.keySet().stream().map(KernelTypes::of))
            .collect(ImmutableMap.toImmutableMap(CelType::name, type -> type));

    @Override
    public ImmutableCollection<CelType> types() {
        return types.values();
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** That it is recent only a lesson knows. */
    private static CelType process() {
        Map<String, CelType> fields = fields(SandboxProcess.class);
        fields.put(RECENT, SimpleType.BOOL);
        return struct(name(SandboxProcess.class), fields);
    }

    private static CelType of(Class<?> type) {
        return type == SandboxProcess.class ? process() : struct(name(type), fields(type));
    }

    private static Map<String, CelType> fields(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, component -> type(component.getAnnotatedType())));
    }

    private static CelType struct(String name, Map<String, ? extends CelType> types) {
        ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(types);
        return StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    private static CelType type(AnnotatedType annotated) {
        CelType type = annotated instanceof AnnotatedParameterizedType generic
                ? parameterized((ParameterizedType) generic.getType(), generic)
                : simple(annotated.getType());
        return annotated.isAnnotationPresent(Nullable.class) ? NullableType.create(type) : type;
    }

    private static CelType parameterized(ParameterizedType type, AnnotatedParameterizedType annotated) {
        return type.getRawType() == List.class
                ? ListType.create(type(annotated.getAnnotatedActualTypeArguments()[0]))
                : StructTypeReference.create(INODES);
    }

    private static CelType simple(Type type) {
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return SimpleType.INT;
        }
        if (type == NamespaceMounts.class) {
            return ListType.create(StructTypeReference.create(name(Mount.class)));
        }
        if (type == boolean.class) {
            return SimpleType.BOOL;
        }
        Class<?> plain = type == Holder.class ? Holding.class : (Class<?>) type;
        return plain.isRecord() ? StructTypeReference.create(name(plain)) : SimpleType.STRING;
    }

    static String name(Class<?> type) {
        String name = NAMES.get(type);
        if (name == null) {
            throw new IllegalStateException(type + " has no name in expressions yet");
        }
        return name;
    }
}
