package dev.holdfast.bench;

import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.server.ServerWiring;
import dev.holdfast.server.access.AccessGate;
import dev.holdfast.server.access.AccessSettings;
import dev.holdfast.server.access.AgentKeys;
import dev.holdfast.server.access.Grant;
import dev.holdfast.server.access.Keys;
import dev.holdfast.server.access.NewApiKey;
import dev.holdfast.server.access.Role;
import dev.holdfast.server.access.SecretsKey;
import dev.holdfast.server.http.Caller;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How many GETs a second one core signs in: parse the header, three MD5, the nonce's HMAC, the replay window. The key
 * lies in SQLite and is looked up as in a server. The client's own hashing is done between the measurements.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(DigestBench.BATCH)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DigestBench {
    /** Enough that an invocation takes some milliseconds, beside which the batch's own set-up does not show. */
    static final int BATCH = 4096;

    private static final String TARGET = "/api/public/v1.0/groups/5196d3628d022db4cbc26d9e"
            + "/hosts/4059580c20c4581872ef24d0b8f5dca0/restoreJobs/54ccbe6e0cf2d19b280496b2?pretty=true";
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]*)\"");

    private final Clock clock = Clock.systemUTC();
    private final String[] headers = new String[BATCH];
    private SampleDirectory directory;
    private Database database;
    private AccessGate gate;
    private DigestRequest requests;

    /** Makes a database with one key, and asks for a nonce. */
    @Setup
    public void open() throws IOException {
        directory = SampleDirectory.create();
        SecureRandom random = new SecureRandom();
        ObjectIds ids = new ObjectIds(clock, random);
        database =
                Database.open(DatabaseConfig.sqlite(directory.path().resolve("holdfast.db")), ServerWiring.MIGRATIONS);
        SecretsKey secrets = SecretsKey.open(directory.path().resolve("secrets.key"), random);
        Keys keys = new Keys(database, secrets, ids, random);
        AgentKeys agentKeys = new AgentKeys(database, ids, random);
        gate = new AccessGate(database, keys, agentKeys, secrets, AccessSettings.defaults(true), random);
        NewApiKey key = keys.create("bench", List.of(Grant.global(Role.GLOBAL_READ_ONLY)), clock.instant());
        Matcher challenge = NONCE.matcher(gate.challenge(false, clock.instant()));
        if (!challenge.find()) {
            throw new IllegalStateException("the challenge has no nonce");
        }
        requests = DigestRequest.over(TARGET, key.publicKey(), key.privateKey(), "MMS Public API", challenge.group(1));
    }

    /** Signs the next batch, each with the next {@code nc} over the one nonce. */
    @Setup(Level.Invocation)
    public void sign() {
        for (int i = 0; i < BATCH; i++) {
            headers[i] = requests.authorization();
        }
    }

    /** Removes the database. */
    @TearDown
    public void remove() throws IOException {
        database.close();
        directory.close();
    }

    /** A valid GET. */
    @Benchmark
    public void authenticate(Blackhole callers) {
        for (String header : headers) {
            Caller caller = gate.authenticate("GET", TARGET, header, clock.instant());
            callers.consume(caller);
        }
    }

    /** Runs this class alone, with JMH's own options. */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .include(DigestBench.class.getSimpleName())
                        .build())
                .run();
    }
}
