package dev.holdfast.agent.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.agent.link.Pause;
import dev.holdfast.agent.link.WorkLink;
import dev.holdfast.agent.link.WorkLost;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.trouble.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Asks for work, does it, one piece at a time, and asks again. Runs until its thread is interrupted; no trouble with
 * the server or with a piece of work ends it.
 */
public final class WorkLoop {
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final WorkLink link;
    private final Identity who;
    private final Map<AssignmentKind, Task> tasks;
    private final Pause pause;
    private final Notices notices;

    /** {@code tasks}: what it can do. */
    public WorkLoop(WorkLink link, Identity who, Map<AssignmentKind, Task> tasks, Pause pause, Notices notices) {
        this.link = link;
        this.who = who;
        this.tasks = Map.copyOf(tasks);
        this.pause = pause;
        this.notices = notices;
    }

    /** Works until the thread is interrupted. */
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Duration wait = once();
                if (!wait.isZero()) {
                    pause.pause(wait);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks once and does what it is given; answers how long to wait. */
    Duration once() throws InterruptedException {
        AgentWork.Polled answer;
        try {
            answer = link.poll(poll());
        } catch (Unavailable | CaptureFailed e) {
            // a key that is not accepted may be accepted tomorrow: an agent that gave up would be found too late
            notices.say("no work can be asked for: " + e.getMessage());
            return AFTER_TROUBLE;
        }
        if (answer.assignment() != null) {
            work(answer.assignment());
            return Duration.ZERO;
        }
        Duration wait = Duration.ofSeconds(Math.max(1, answer.pollSeconds()));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private AgentWork.Poll poll() {
        List<String> hosts = who.hosts().stream().map(HostId::hex).toList();
        return new AgentWork.Poll(who.name(), who.instance(), who.version(), hosts, List.copyOf(tasks.keySet()));
    }

    private void work(AgentWork.Assigned work) throws InterruptedException {
        String what = work.kind() + " " + work.assignmentId() + " on host " + work.hostId();
        notices.say(what + " begins" + (work.attempt() > 1 ? " (attempt " + work.attempt() + ")" : ""));
        Outcome outcome;
        Reporter reporter = new Reporter(link, work, notices).start();
        try {
            outcome = outcome(work, reporter);
        } finally {
            reporter.close();
        }
        if (reporter.lost() != null) {
            // the interrupt, if it came at all, was about this attempt only
            Thread.interrupted();
            notices.say(what + " is given up: " + reporter.lost());
            return;
        }
        report(work, what, outcome);
    }

    private record Outcome(ObjectNode result, String reason, boolean again) {}

    private Outcome outcome(AgentWork.Assigned work, Reporter reporter) throws InterruptedException {
        try {
            Task task = tasks.get(work.kind());
            if (task == null) {
                return new Outcome(null, "this agent cannot do " + work.kind() + "\nHINT: is it too old?", false);
            }
            return new Outcome(task.run(work, reporter), null, false);
        } catch (TaskFailed e) {
            return new Outcome(null, e.getMessage(), e.again());
        } catch (CaptureFailed | Unavailable e) {
            if (Thread.currentThread().isInterrupted() && reporter.lost() == null) {
                throw interrupted(e);
            }
            return new Outcome(null, e.getMessage(), true);
        } catch (InterruptedException e) {
            if (reporter.lost() == null) {
                throw e;
            }
            return new Outcome(null, reporter.lost(), true);
        } catch (RuntimeException e) {
            // a bug of ours in one piece of work must not end the others
            notices.say("unexpected: " + e);
            return new Outcome(null, "the agent met something unexpected: " + e + "\nHINT: see the agent's log", true);
        }
    }

    private static InterruptedException interrupted(Exception why) {
        InterruptedException interrupted = new InterruptedException(why.getMessage());
        interrupted.initCause(why);
        return interrupted;
    }

    private void report(AgentWork.Assigned work, String what, Outcome outcome) throws InterruptedException {
        try {
            if (outcome.reason == null) {
                link.done(work, outcome.result);
                notices.say(what + " is done");
            } else {
                notices.say(what + " failed: " + outcome.reason);
                link.failed(work, outcome.reason, outcome.again);
            }
        } catch (WorkLost e) {
            notices.say(what + " is another's by now: " + e.getMessage());
        } catch (Unavailable | CaptureFailed e) {
            notices.say("the end of " + what + " could not be told, so it will be given out again: " + e.getMessage());
        }
    }
}
