package dev.nslab.scan;

import dev.nslab.namespace.Holder;
import dev.nslab.scan.HolderFinder.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What keeps one namespace alive besides the processes in it.
 *
 * @param relatives inodes of the namespaces of which it is the parent or owner
 */
record Holders(List<Place> places, List<Long> relatives) {

    /** How many relatives are named at most. */
    private static final int MOST_RELATIVES = 8;

    /** One word for each kind of holder. */
    List<String> words(Census.Entry entry) {
        List<String> words = new ArrayList<>();
        addIf(!entry.members().isEmpty(), "process", words);
        addIf(isHeldBy(Holder.OtherThread.class), "thread", words);
        addIf(isHeldBy(Holder.Mount.class), "mount", words);
        addIf(isHeldBy(Holder.OpenFile.class), "fd", words);
        addIf(isHeldBy(Holder.Socket.class), "socket", words);
        if (entry.members().isEmpty()) {
            addIf(!entry.futureParents().isEmpty(), "children", words);
            addIf(!relatives.isEmpty(), "namespace", words);
        }
        return List.copyOf(words);
    }

    private boolean isHeldBy(Class<? extends Holder> kind) {
        return places.stream().anyMatch(place -> kind.isInstance(place.holder()));
    }

    private static void addIf(boolean so, String word, List<String> words) {
        if (so) {
            words.add(word);
        }
    }

    /**
     * Relatives are named only if no process keeps the namespace alive. Otherwise the user namespaces of all processes
     * would list everything that they own.
     */
    List<Holder> named(Census.Entry entry) {
        Stream<Holder> keptPlaces = places.stream().map(Place::holder);
        Stream<Holder> kin = entry.members().isEmpty()
                ? relatives.stream().sorted().limit(MOST_RELATIVES).map(Holder.Relative::new)
                : Stream.of();
        return Stream.concat(keptPlaces, kin).toList();
    }
}
