package dev.holdfast.agent.restore;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.agent.link.LinkEnded;
import dev.holdfast.agent.link.Pause;
import dev.holdfast.agent.link.RestoreLink;
import dev.holdfast.agent.work.Task;
import dev.holdfast.agent.work.TaskFailed;
import dev.holdfast.agent.work.TaskProgress;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.agentapi.RestoreWork;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.unpack.BadArchive;
import dev.holdfast.unpack.PlaceTrouble;
import dev.holdfast.unpack.Unpacking;
import dev.holdfast.unpack.Workplace;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Restores an archive into the data directory of a host. The steps, and what a crash after each leaves, are told in the
 * {@linkplain dev.holdfast.agent.restore package story}. The server never says where to write: the directories are the
 * agent's own.
 */
public final class RestoreTask implements Task {
    private static final String SUFFIX = ".tar.gz";
    private static final Duration HASH_POLL = Duration.ofSeconds(2);

    private final RestoreLink link;
    private final Map<HostId, Path> directories;
    private final Pause pause;

    /**
     * A task; nothing is read or sent yet.
     *
     * @param directories the data directory of each host, which becomes what was captured; it is empty or not there
     */
    public RestoreTask(RestoreLink link, Map<HostId, Path> directories, Pause pause) {
        this.link = link;
        this.directories = Map.copyOf(directories);
        this.pause = pause;
    }

    @Override
    public ObjectNode run(AgentWork.Assigned work, TaskProgress progress) throws InterruptedException {
        RestoreWork.Order order = order(work.payload());
        Path target = HostId.parse(work.hostId())
                .map(directories::get)
                .orElseThrow(() -> new TaskFailed(
                        "this agent has no data directory of host " + work.hostId() + "\nHINT: name it when the agent"
                                + " is started",
                        false))
                .toAbsolutePath()
                .normalize();
        try {
            restore(work, order, target, progress);
            return null;
        } catch (LinkEnded e) {
            throw new TaskFailed(e.getMessage(), false, e);
        } catch (BadArchive e) {
            throw new TaskFailed(e.getMessage() + "\nHINT: nothing of it was put into " + target, false, e);
        } catch (PlaceTrouble e) {
            throw new TaskFailed(e.getMessage(), e.isPassing(), e);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            InterruptedException interrupted =
                    new InterruptedException("the restore to " + target + " was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (IOException e) {
            throw new TaskFailed(
                    "the restore to " + target + " cannot go on: " + e + "\nHINT: is the disk full, and may the agent's"
                            + " user write into " + target.getParent() + "?",
                    true,
                    e);
        }
    }

    private void restore(AgentWork.Assigned work, RestoreWork.Order order, Path target, TaskProgress progress)
            throws IOException, InterruptedException {
        Workplace.requirePlace(target);
        try (Workplace place = Workplace.take(target, order.jobId())) {
            if (place.isDone()) {
                place.clear();
                return;
            }
            if (!Workplace.isVacant(target)) {
                place.clear();
                throw new TaskFailed(Workplace.notEmpty(target), false);
            }
            place.clearOthers();
            if (!place.isReady()) {
                place.clearFiles();
                fetch(work, order, place, progress);
                progress.at("unpacking", 0, order.plainBytes());
                Unpacking.unpack(
                        place.archive(),
                        order.fileName().substring(0, order.fileName().length() - SUFFIX.length()),
                        place.files(),
                        done -> progress.at("unpacking", done, order.plainBytes()));
                place.setReady();
            }
            progress.at("installing", order.plainBytes(), order.plainBytes());
            place.install();
            place.clear();
        }
    }

    private void fetch(AgentWork.Assigned work, RestoreWork.Order order, Workplace place, TaskProgress progress)
            throws IOException, InterruptedException {
        Path file = place.archive();
        long size = order.archiveBytes();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > size) {
            Files.delete(file);
        }
        long have = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        requireRoom(file.getParent(), size - have + order.plainBytes());
        link.download(link.archive(work).path(), file, size, done -> progress.at("downloading", done, size));
        RestoreWork.Archive archive = link.archive(work);
        while (archive.sha1() == null || archive.sha256() == null) {
            progress.at("waiting for the hashes", 0, 0);
            pause.pause(HASH_POLL);
            archive = link.archive(work);
        }
        if (!ArchiveCheck.matches(file, archive, done -> progress.at("checking", done, size))) {
            Files.delete(file);
            throw new TaskFailed(
                    "what was downloaded is not the archive: its SHA-1 or SHA-256 differs\nHINT: it is fetched again; if"
                            + " that does not help, look at the network and at this host's memory and disk",
                    true);
        }
    }

    private static void requireRoom(Path folder, long bytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw new TaskFailed(
                    "the file system of " + folder + " has " + free + " bytes free and the restore needs " + bytes
                            + "\nHINT: the archive and the files in it are on disk at once; make room",
                    false);
        }
    }

    private static RestoreWork.Order order(ObjectNode payload) {
        try {
            RestoreWork.Order order = ApiJson.mapper()
                    .reader()
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .forType(RestoreWork.Order.class)
                    .readValue(payload);
            boolean sound = order.jobId() != null
                    && JobId.parse(order.jobId()).isPresent()
                    && order.fileName() != null
                    && order.fileName().endsWith(SUFFIX)
                    && order.fileName().length() > SUFFIX.length()
                    && order.archiveBytes() > 0
                    && order.plainBytes() >= 0;
            if (sound) {
                return order;
            }
        } catch (IOException e) {
            throw notUnderstood(e);
        }
        throw notUnderstood(null);
    }

    private static TaskFailed notUnderstood(IOException e) {
        return new TaskFailed(
                "the order to restore is not one that this agent understands\nHINT: agent and server may be of different"
                        + " versions",
                false,
                e);
    }
}
