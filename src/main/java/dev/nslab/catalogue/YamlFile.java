package dev.nslab.catalogue;

import dev.nslab.lesson.Complaint;
import dev.nslab.lesson.Faults;
import dev.nslab.lesson.Passage;
import java.io.StringReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A YAML file as the JSON that it stands for, with the line of each of its nodes by JSON pointer. */
final class YamlFile {

    private final String file;
    private final Faults faults;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<Node> seen = new HashSet<>();
    private final JsonNode json;

    private YamlFile(String file, Node root, Faults faults) {
        this.file = file;
        this.faults = faults;
        this.json = json(root, "");
    }

    /** Null if it is not valid; the faults then say why. */
    static @Nullable YamlFile read(Passage source, Faults faults) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(source.text()));
            if (root == null) {
                faults.add(source, "the file is empty");
                return null;
            }
            return new YamlFile(source.file(), root, faults);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            int line = mark == null ? 0 : mark.getLine();
            String text = source.text().lines().skip(line).findFirst().orElse("");
            faults.add(
                    source.below(line),
                    "not YAML: " + Complaint.of(e.getProblem(), mark == null ? 1 : mark.getColumn() + 1, text));
        } catch (YAMLException e) {
            faults.add(source, "not YAML: " + e.getMessage());
        }
        return null;
    }

    JsonNode json() {
        return json;
    }

    /** The text at that pointer and its place; if there is no such node, that of the nearest one. */
    Passage at(String pointer) {
        String nearest = pointer;
        while (!lines.containsKey(nearest) && !nearest.isEmpty()) {
            nearest = nearest.substring(0, nearest.lastIndexOf('/'));
        }
        return new Passage(json.at(pointer).asString(""), file, lines.getOrDefault(nearest, 1));
    }

    private JsonNode json(Node node, String pointer) {
        lines.putIfAbsent(pointer, line(node));
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence when isNew(sequence) -> array(sequence, pointer);
            case MappingNode mapping when isNew(mapping) -> object(mapping, pointer);
            default -> JsonNodeFactory.instance.nullNode();
        };
    }

    /** By aliases, a small file can represent an endless one. */
    private boolean isNew(Node node) {
        boolean isNew = seen.add(node);
        if (!isNew) {
            faults.add(new Passage("", file, line(node)), "aliases (*name) of lists and objects cannot be used here");
        }
        return isNew;
    }

    private ArrayNode array(SequenceNode sequence, String pointer) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Node item : sequence.getValue()) {
            array.add(json(item, pointer + "/" + array.size()));
        }
        return array;
    }

    private ObjectNode object(MappingNode mapping, String pointer) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            String place = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
            if (object.has(key)) {
                faults.add(new Passage("", file, line(tuple.getKeyNode())), "\"" + key + "\" is there twice");
            }
            if (!(tuple.getValueNode() instanceof ScalarNode)) {
                lines.put(place, line(tuple.getKeyNode()));
            }
            object.set(key, json(tuple.getValueNode(), place));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.INT) && text.matches("-?[0-9]{1,9}")) {
            return JsonNodeFactory.instance.numberNode(Integer.parseInt(text));
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return JsonNodeFactory.instance.booleanNode(text.equalsIgnoreCase("true"));
        }
        return scalar.getTag().equals(Tag.NULL)
                ? JsonNodeFactory.instance.nullNode()
                : JsonNodeFactory.instance.stringNode(text);
    }

    private static int line(Node node) {
        boolean below = node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
        return node.getStartMark().getLine() + (below ? 2 : 1);
    }
}
