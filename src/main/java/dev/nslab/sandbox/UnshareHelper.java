package dev.nslab.sandbox;

import dev.nslab.linux.ChildProcess;
import dev.nslab.linux.Deadline;
import dev.nslab.linux.Errno;
import dev.nslab.linux.Fd;
import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import dev.nslab.linux.PtyMaster;
import dev.nslab.linux.SeqPacketSocket.Packet;
import dev.nslab.linux.UidMap;
import dev.nslab.sandbox.HelperMessage.Called;
import dev.nslab.sandbox.HelperMessage.Described;
import dev.nslab.sandbox.HelperMessage.Exited;
import dev.nslab.sandbox.HelperMessage.Failed;
import dev.nslab.sandbox.HelperMessage.Held;
import dev.nslab.sandbox.HelperMessage.Looked;
import dev.nslab.sandbox.HelperMessage.Lost;
import dev.nslab.sandbox.HelperMessage.Quieted;
import dev.nslab.sandbox.HelperMessage.Ready;
import dev.nslab.sandbox.HelperMessage.Spawned;
import dev.nslab.sandbox.HelperMessage.Started;
import dev.nslab.sandbox.HelperMessage.Surveyed;
import dev.nslab.sandbox.SandboxException.Problem;
import dev.nslab.sandbox.spec.HelperRequest;
import dev.nslab.sandbox.spec.SandboxFiles;
import dev.nslab.sandbox.spec.SandboxSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running unshare-helper, and with it the kernel's part of one sandbox. Requests may come from any thread but the
 * poller's, and wait for their answer with a deadline. What the helper reports by itself goes to the {@link Observer}.
 */
final class UnshareHelper implements HelperChannel.Receiver {
    private static final Logger log = LoggerFactory.getLogger(UnshareHelper.class);

    private static final Duration START_DEADLINE = Duration.ofSeconds(10);
    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(5);
    /**
     * Short, because others wait for it, and an init that is starved by its own sandbox's processes deserves no more.
     */
    private static final Duration QUIETEN_DEADLINE = Duration.ofSeconds(1);

    private static final Duration END_DEADLINE = Duration.ofSeconds(2);

    /** Receives what the helper reports without being asked. Called on the poller's thread. */
    interface Observer {
        void called(Called call);

        void lost(long count);

        /** A child of the init has ended. */
        void exited(int pid, ExitStatus status);

        /** No process of the sandbox is left. Not called when the start failed. */
        void ended(UnshareHelper helper);
    }

    private final Poller poller;
    private final Observer observer;
    private final HelperChannel channel;
    private final ChildProcess launcher;
    private final CompletableFuture<Map<String, Long>> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Questions questions = new Questions();
    private final Map<Integer, Shell> shells = new ConcurrentHashMap<>();
    private volatile @Nullable ChildProcess init;
    private volatile boolean broken;

    private UnshareHelper(Launcher launcher, Poller poller, Observer observer) {
        this.poller = poller;
        this.observer = observer;
        this.launcher = launcher.process();
        channel = new HelperChannel(poller, launcher.socket(), this);
        var _ = ended.thenRun(launcher.whenGone());
    }

    /** Starts a sandbox and waits until it is ready. */
    static UnshareHelper start(Launcher launcher, SandboxSpec spec, Poller poller, Observer observer)
            throws SandboxException {
        UnshareHelper helper = new UnshareHelper(launcher, poller, observer);
        helper.stand(spec);
        return helper;
    }

    private void stand(SandboxSpec spec) throws SandboxException {
        try {
            channel.send(spec.words());
            channel.open();
            await(ready, START_DEADLINE, () -> "the sandbox did not start within " + START_DEADLINE.toSeconds() + " s");
        } catch (LinuxException e) {
            end();
            throw new SandboxException(Problem.START_FAILED, Advice.sentence(HelperStep.OTHER, e.step(), e.errno()));
        } catch (SandboxException e) {
            end();
            throw e;
        }
    }

    /** PID of the sandbox's init as the server sees it. */
    int init() {
        ChildProcess process = init;
        if (process == null) {
            throw new IllegalStateException("the sandbox does not stand yet");
        }
        return process.pid();
    }

    /** Inodes of the sandbox's own namespaces, by their names in /proc/PID/ns. */
    Map<String, Long> namespaces() {
        return ready.join();
    }

    Shell spawn(ShellRequest request, Map<String, String> environment) throws SandboxException {
        return request(Shell.class, tag -> {
            HelperRequest words = HelperRequest.of("spawn")
                    .add(tag)
                    .add(request.cols())
                    .add(request.rows())
                    .add(SandboxFiles.HOME);
            words.add(request.command().size());
            request.command().forEach(words::add);
            environment.forEach((name, value) -> words.add(name + "=" + value));
            return words;
        });
    }

    InsideLook look(int pid) throws SandboxException {
        return request(
                InsideLook.class, tag -> HelperRequest.of("look").add(tag).add(pid));
    }

    HeldNamespace describe(int pid, String file, int owners) throws SandboxException {
        return request(
                HeldNamespace.class,
                tag -> HelperRequest.of("describe").add(tag).add(pid).add(file).add(owners));
    }

    List<HeldFile> heldFiles(Collection<Integer> pids) throws SandboxException {
        return request(Held.class, tag -> {
                    HelperRequest words = HelperRequest.of("files").add(tag);
                    pids.forEach(words::add);
                    return words;
                })
                .files();
    }

    Traffic traffic() throws SandboxException {
        return request(Traffic.class, tag -> HelperRequest.of("traffic").add(tag));
    }

    /** Takes down all links in it that can be found, and returns how many. */
    int quieten() throws SandboxException {
        return request(
                        Quieted.class,
                        QUIETEN_DEADLINE,
                        tag -> HelperRequest.of("quieten").add(tag))
                .links();
    }

    private interface Request {
        HelperRequest withTag(int tag);
    }

    private <T> T request(Class<T> type, Request request) throws SandboxException {
        return request(type, REQUEST_DEADLINE, request);
    }

    private <T> T request(Class<T> type, Duration deadline, Request request) throws SandboxException {
        try (Questions.Question<T> question = questions.ask(type)) {
            channel.send(request.withTag(question.tag()));
            if (ended.isDone()) {
                throw hasEnded();
            }
            return await(question.answer(), deadline, () -> "the sandbox does not answer; reset it");
        } catch (LinuxException e) {
            throw e.errno().equals(Errno.EPIPE)
                    ? hasEnded()
                    : new SandboxException(Problem.TIMEOUT, Advice.sentence(HelperStep.OTHER, e.step(), e.errno()));
        }
    }

    private static SandboxException hasEnded() {
        return new SandboxException(Problem.ENDED, "the sandbox has ended; reset it, or start a new one");
    }

    private static <T> T await(CompletableFuture<T> future, Duration deadline, Supplier<String> late)
            throws SandboxException {
        try {
            return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SandboxException(Problem.TIMEOUT, late.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException(Problem.TIMEOUT, "interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SandboxException cause) {
                throw cause.again();
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    // --- on the poller's thread ---

    @Override
    public void received(HelperMessage message, Packet packet) throws LinuxException {
        switch (message) {
            case Started started -> adopt(started.pid());
            case Ready standing -> stands(standing);
            case Spawned spawned -> spawned(spawned, packet);
            case Looked looked -> looked(looked);
            case Described described -> described(described, packet);
            case Held held -> questions.answer(held.tag(), Held.class, held);
            case Surveyed surveyed -> questions.answer(surveyed.tag(), Traffic.class, surveyed.traffic());
            case Quieted quieted -> questions.answer(quieted.tag(), Quieted.class, quieted);
            case Exited exited -> exited(exited);
            case Called call -> observer.called(call);
            case Lost lost -> observer.lost(lost.count());
            case Failed failed -> failed(failed);
        }
    }

    private void adopt(int pid) throws LinuxException {
        if (init != null || ready.isDone()) {
            throw new IllegalArgumentException("a second init");
        }
        ChildProcess process = ChildProcess.adopt(pid, poller);
        init = process;
        process.whenExited(this::initExited);
    }

    private void stands(Ready standing) {
        if (init == null) {
            throw new IllegalArgumentException("a sandbox without an init");
        }
        if (!ready.complete(standing.namespaces())) {
            throw new IllegalArgumentException("a second start");
        }
    }

    private void spawned(Spawned spawned, Packet packet) {
        questions.expect(spawned.tag(), Shell.class);
        Fd master = packet.takeFd();
        if (master == null) {
            throw new IllegalArgumentException("a shell without a terminal");
        }
        if (!PtyMaster.is(master)) {
            master.close();
            throw new IllegalArgumentException("a shell with something else for its terminal");
        }
        Shell shell = new Shell(spawned.pid(), master, () -> endSession(spawned.pid()));
        shells.put(spawned.pid(), shell); // before the caller that asked for it can get it, or learn of its end
        if (!questions.answer(spawned.tag(), shell)) {
            shells.remove(spawned.pid(), shell);
            shell.end(); // it comes too late: no caller waits for it any more
            master.close();
        }
    }

    private void looked(Looked looked) {
        questions.answer(
                looked.tag(),
                InsideLook.class,
                new InsideLook(looked.hostname(), looked.procPidNamespace(), UidMap.extents(looked.uidMap())));
    }

    private void described(Described described, Packet packet) {
        questions.expect(described.tag(), HeldNamespace.class);
        Fd owner = packet.takeFd();
        if (owner == null) {
            throw new IllegalArgumentException("a namespace without an owner");
        }
        if (!questions.answer(described.tag(), described.toHeld(owner))) {
            owner.close();
        }
    }

    private void exited(Exited exited) {
        ExitStatus status = ExitStatus.ofWait(exited.status());
        Shell shell = shells.remove(exited.pid());
        if (shell != null) {
            shell.exited(status);
        }
        observer.exited(exited.pid(), status);
    }

    private void failed(Failed failed) {
        String sentence = Advice.sentence(failed.step(), failed.words(), new Errno(failed.errno()));
        if (failed.tag() == 0) {
            ready.completeExceptionally(new SandboxException(Problem.START_FAILED, sentence));
            return;
        }
        questions.fail(failed.tag(), new SandboxException(Problem.COMMAND_FAILED, sentence));
    }

    /** Whether it sent something that no helper sends, and was ended for that. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public void closed(boolean isBroken) {
        broken = isBroken;
        ready.completeExceptionally(
                new SandboxException(Problem.START_FAILED, "the sandbox ended while it was started"));
        channel.close();
        ChildProcess process = init;
        if (process == null) {
            launcherIsTheLast();
        } else {
            process.kill(); // it may have sent something that no helper sends, so it is ended
        }
    }

    /**
     * If no init was created, the end of the launcher is the end of the sandbox. Called on the poller's thread, after
     * the end of the channel.
     */
    private void launcherIsTheLast() {
        if (init == null) {
            launcher.whenExited(() -> ended.complete(null));
        }
    }

    private void initExited() {
        channel.drain();
        ready.completeExceptionally(
                new SandboxException(Problem.START_FAILED, "the sandbox was ended while it was started"));
        channel.close();
        questions.failAll(UnshareHelper::hasEnded);
        shells.values().forEach(shell -> shell.exited(ExitStatus.KILLED));
        shells.clear();
        ended.complete(null);
        if (!ready.isCompletedExceptionally()) {
            observer.ended(this);
        }
    }

    // --- the end ---

    private void endSession(int pid) {
        try {
            channel.send(HelperRequest.of("end").add(pid));
        } catch (LinuxException e) {
            log.debug("the sandbox of session {} has ended", pid, e);
        }
    }

    /** Ends it without sending a message to its init, which may be too busy to read one, and does not wait. */
    void kill() {
        ChildProcess process = init;
        if (process != null) {
            process.kill();
        }
    }

    /** Ends the sandbox and waits until no process of it is left. */
    void end() {
        channel.close();
        poller.execute(this::launcherIsTheLast); // closed() is not called for a channel that this side closes
        if (Deadline.isMetBy(ended, END_DEADLINE)) {
            return;
        }
        launcher.kill();
        ChildProcess process = init;
        if (process != null) {
            process.kill();
        }
        if (!Deadline.isMetBy(ended, END_DEADLINE)) {
            log.error("processes of a sandbox do not end: see `ps -ef`, init {}", process);
        }
    }
}
