/*
 * make-dbpath: writes a WiredTiger directory that is laid out like the dbPath of a mongod 3.2, with known content.
 *
 *   make-dbpath OUT config [CHUNKS]      what one mirrored config server holds: CHUNKS chunks (default 400)
 *   make-dbpath OUT shard SEED [DOCS]    a data-bearing member: DOCS documents (default 1500)
 *   make-dbpath OUT shard SEED DOCS LATER [PERCENT]
 *                                        and in LATER the same member after PERCENT (default 4) of its documents, in
 *                                        bursts of neighbours, were written anew
 *
 * The directory is crash-consistent, as a file-system snapshot of a running mongod is: the newest records are only in
 * the journal, so opening it runs recovery. One thread and a pinned clock make it deterministic: the same arguments
 * give the same bytes.
 *
 * Build: gcc -O2 -rdynamic -o make-dbpath make-dbpath.c -lwiredtiger -ldl     (Debian: libwiredtiger-dev)
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <wiredtiger.h>

#define PINNED 1456098690LL /* 2016-02-21T23:51:30Z */

/* WiredTiger writes the wall clock into its metadata; a pinned one makes the files reproducible. */
int clock_gettime(clockid_t id, struct timespec *ts)
{
    if (id != CLOCK_REALTIME)
        return (int)syscall(SYS_clock_gettime, id, ts);
    ts->tv_sec = PINNED;
    ts->tv_nsec = 0;
    return 0;
}

static void die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "make-dbpath: ");
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n");
    exit(1);
}
#define OK(call)                                                       \
    do {                                                               \
        int rc_ = (call);                                              \
        if (rc_ != 0)                                                  \
            die("line %d: %s", __LINE__, wiredtiger_strerror(rc_));    \
    } while (0)

static uint64_t chance_state;
static uint64_t chance(uint64_t bound) /* splitmix64 */
{
    uint64_t z = chance_state += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return (z ^ (z >> 31)) % bound;
}

/* ------------------------------------------------------------------------------------------------ BSON documents */
static uint8_t bson[1 << 16];
static size_t at;

static void raw(const void *bytes, size_t n)
{
    if (at + n > sizeof bson)
        die("a document is too large");
    memcpy(bson + at, bytes, n);
    at += n;
}
static void element(int type, const char *key)
{
    uint8_t tag = (uint8_t)type;
    raw(&tag, 1);
    raw(key, strlen(key) + 1);
}
static size_t open_document(void)
{
    size_t start = at;
    raw("\0\0\0\0", 4);
    return start;
}
static void close_document(size_t start)
{
    raw("", 1);
    int32_t length = (int32_t)(at - start);
    memcpy(bson + start, &length, 4);
}
static void text(const char *key, const char *format, ...)
{
    char value[512];
    va_list args;
    va_start(args, format);
    int32_t n = vsnprintf(value, sizeof value, format, args) + 1;
    element(2, key);
    raw(&n, 4);
    raw(value, (size_t)n);
}
static void int64(const char *key, int64_t value) { element(18, key); raw(&value, 8); }
static void date(const char *key, int64_t millis) { element(9, key); raw(&millis, 8); }
static void truth(const char *key, int value) { uint8_t b = (uint8_t)value; element(8, key); raw(&b, 1); }
static void timestamp(const char *key, uint32_t seconds, uint32_t increment)
{
    uint64_t value = (uint64_t)seconds << 32 | increment;
    element(17, key);
    raw(&value, 8);
}

/* ---------------------------------------------------------------------------------------------------- collections */
typedef struct {
    const char *ns;
    const char *ident;
    void (*fill)(uint64_t i);
    uint64_t records;
} collection;

static void shards(uint64_t i)
{
    text("_id", "shard%02d", (int)i);
    text("host", "shard%02d/db%da.example.net:27018,db%db.example.net:27018", (int)i, (int)i, (int)i);
}
static void databases(uint64_t i)
{
    static const char *const name[] = {"admin", "shop", "iot", "cms"};
    text("_id", "%s", name[i]);
    truth("partitioned", i > 0);
    text("primary", i == 0 ? "config" : "shard%02d", (int)(i % 2));
}
static void chunks(uint64_t i)
{
    text("_id", "shop.orders-_id_%020llu", (unsigned long long)i * 8192);
    timestamp("lastmod", (uint32_t)(1 + i / 7), (uint32_t)(i % 7));
    text("ns", "shop.orders");
    element(3, "min");
    size_t min = open_document();
    int64("_id", (int64_t)i * 8192);
    close_document(min);
    element(3, "max");
    size_t max = open_document();
    int64("_id", (int64_t)(i + 1) * 8192);
    close_document(max);
    text("shard", "shard%02d", (int)chance(2));
}
static void collections(uint64_t i)
{
    text("_id", i == 0 ? "shop.orders" : "iot.events");
    date("lastmod", PINNED * 1000 - (int64_t)chance(1u << 30));
    truth("dropped", 0);
    truth("unique", 0);
}
static void settings(uint64_t i)
{
    text("_id", i == 0 ? "chunksize" : "balancer");
    if (i == 0)
        int64("value", 64);
    else
        truth("stopped", 1);
}
static void version(uint64_t i)
{
    int64("_id", (int64_t)i + 1);
    int64("minCompatibleVersion", 5);
    int64("currentVersion", 6);
}
static void changelog(uint64_t i)
{
    static const char *const what[] = {"split", "multi-split", "moveChunk.start", "moveChunk.commit"};
    text("_id", "db0a-2016-02-21T%02d:%02d:%02d-%016llx", (int)(i / 3600 % 24), (int)(i / 60 % 60), (int)(i % 60),
        (unsigned long long)chance(~0ULL));
    text("server", "db%da.example.net", (int)chance(2));
    text("clientAddr", "192.0.2.%d:%d", (int)chance(250), 30000 + (int)chance(30000));
    date("time", (PINNED - 86400 + (int64_t)i * 7) * 1000);
    text("what", "%s", what[chance(4)]);
    text("ns", "shop.orders");
}
static void documents(uint64_t i)
{
    static const char *const word[] = {"anchor", "rope", "tide", "harbour", "keel", "sail", "chart", "buoy", "mast",
        "deck", "galley", "lantern", "compass", "rudder", "hull", "storm"};
    int64("_id", (int64_t)i);
    date("at", (PINNED - (int64_t)chance(1u << 24)) * 1000);
    text("customer", "c%06d", (int)chance(100000));
    int64("cents", (int64_t)chance(500000));
    char note[400] = "";
    for (uint64_t n = 6 + chance(24); n > 0; n--) {
        strcat(note, word[chance(16)]);
        strcat(note, n > 1 ? " " : "");
    }
    text("note", "%s", note);
}
static void oplog(uint64_t i)
{
    timestamp("ts", (uint32_t)(PINNED - 600) + (uint32_t)(i / 3), (uint32_t)(i % 3) + 1);
    int64("h", (int64_t)chance(~0ULL));
    int64("v", 2);
    text("op", "i");
    text("ns", "shop.orders");
    element(3, "o");
    size_t o = open_document();
    documents(i);
    close_document(o);
}

static const char *const TABLE =
    "type=file,key_format=q,value_format=u,block_compressor=snappy,memory_page_max=10m,split_pct=90,leaf_value_max=64MB";

static void put(WT_CURSOR *cursor, int64_t id, void (*fill)(uint64_t), uint64_t i)
{
    WT_ITEM value;
    at = 0;
    size_t document = open_document();
    fill(i);
    close_document(document);
    value.data = bson;
    value.size = at;
    cursor->set_key(cursor, id);
    cursor->set_value(cursor, &value);
    OK(cursor->insert(cursor));
}

static const collection *described;
static void catalog_entry(uint64_t i)
{
    const collection *c = &described[i];
    element(3, "md");
    size_t md = open_document();
    text("ns", "%s", c->ns);
    close_document(md);
    text("ns", "%s", c->ns);
    text("ident", "%s", c->ident);
}

static void copy(const char *from_dir, const char *to_dir, const char *name)
{
    char path[4096];
    static uint8_t buffer[1 << 16];
    snprintf(path, sizeof path, "%s/%s", from_dir, name);
    FILE *in = fopen(path, "r");
    snprintf(path, sizeof path, "%s/%s", to_dir, name);
    FILE *out = fopen(path, "w");
    if (in == NULL || out == NULL)
        die("cannot copy %s: %s", name, strerror(errno));
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, in)) > 0;)
        if (fwrite(buffer, 1, n, out) != n)
            die("cannot write %s", path);
    if (fclose(in) != 0 || fclose(out) != 0)
        die("cannot write %s", path);
}

static void store(WT_SESSION *session, const collection *c, uint64_t from, uint64_t to)
{
    char uri[200];
    WT_CURSOR *cursor;
    snprintf(uri, sizeof uri, "table:%s", c->ident);
    if (from == 0)
        OK(session->create(session, uri, TABLE));
    OK(session->open_cursor(session, uri, NULL, NULL, &cursor));
    for (uint64_t i = from; i < to; i++)
        put(cursor, (int64_t)i + 1, c->fill, i);
    OK(cursor->close(cursor));
}

/* What a file-system snapshot of the running engine would show. */
static void image(const char *work, const char *to, const collection *all, size_t n)
{
    char path[4100];
    snprintf(path, sizeof path, "%s/journal", to);
    if (mkdir(to, 0755) != 0 || mkdir(path, 0755) != 0)
        die("cannot make %s: %s", path, strerror(errno));
    for (size_t i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s.wt", all[i].ident);
        copy(work, to, path);
    }
    static const char *const rest[] = {"_mdb_catalog.wt", "sizeStorer.wt", "WiredTiger", "WiredTiger.lock",
        "WiredTiger.turtle", "WiredTiger.wt"};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        copy(work, to, rest[i]);
    for (int i = 1;; i++) {
        snprintf(path, sizeof path, "journal/WiredTigerLog.%010d", i);
        char full[8200];
        snprintf(full, sizeof full, "%s/%s", work, path);
        if (access(full, F_OK) != 0)
            break;
        copy(work, to, path);
    }
    snprintf(path, sizeof path, "%s/mongod.lock", to);
    if (fclose(fopen(path, "w")) != 0)
        die("cannot write %s", path);
    snprintf(path, sizeof path, "%s/storage.bson", to);
    at = 0;
    size_t document = open_document();
    element(3, "storage");
    size_t engine = open_document();
    text("engine", "wiredTiger");
    close_document(engine);
    close_document(document);
    FILE *out = fopen(path, "w");
    if (out == NULL || fwrite(bson, 1, at, out) != at || fclose(out) != 0)
        die("cannot write %s", path);
}

/* Writes a part of the documents anew: bursts of 50 neighbours, as one customer's orders are. */
static void churn(WT_SESSION *session, const collection *c, uint64_t percent)
{
    char uri[200];
    WT_CURSOR *cursor;
    snprintf(uri, sizeof uri, "table:%s", c->ident);
    OK(session->open_cursor(session, uri, NULL, "overwrite=true", &cursor));
    for (uint64_t burst = c->records * percent / 100 / 50; burst > 0; burst--) {
        uint64_t first = chance(c->records);
        for (uint64_t i = first; i < first + 50 && i < c->records; i++)
            put(cursor, (int64_t)i + 1, c->fill, i);
    }
    OK(cursor->close(cursor));
}

int main(int argc, char **argv)
{
    if (argc < 3)
        die("usage: make-dbpath OUT config [CHUNKS] | OUT shard SEED [DOCS [LATER [PERCENT]]]");
    int config = strcmp(argv[2], "config") == 0;
    uint64_t seed = config ? 7 : strtoull(argc > 3 ? argv[3] : "1", NULL, 10);
    uint64_t many = strtoull(config ? (argc > 3 ? argv[3] : "400") : (argc > 4 ? argv[4] : "1500"), NULL, 10);
    chance_state = seed * 0x9e3779b97f4a7c15ULL + (uint64_t)config;

    const collection config_server[] = {{"config.shards", "collection-0-7351842690217446915", shards, 2},
        {"config.databases", "collection-2-7351842690217446915", databases, 4},
        {"config.collections", "collection-4-7351842690217446915", collections, 2},
        {"config.chunks", "collection-6-7351842690217446915", chunks, many},
        {"config.settings", "collection-8-7351842690217446915", settings, 2},
        {"config.version", "collection-10-7351842690217446915", version, 1},
        {"config.changelog", "collection-12-7351842690217446915", changelog, many / 2}};
    const collection shard[] = {{"shop.orders", "collection-0-2840193345517620384", documents, many},
        {"local.oplog.rs", "collection-2-2840193345517620384", oplog, many / 3 + 1}};
    const collection *all = config ? config_server : shard;
    size_t n = config ? sizeof config_server / sizeof *config_server : sizeof shard / sizeof *shard;

    char work[4000], path[4100], options[1000];
    snprintf(work, sizeof work, "%s.work", argv[1]);
    snprintf(path, sizeof path, "%s/journal", work);
    if (mkdir(work, 0755) != 0 || mkdir(path, 0755) != 0)
        die("cannot make %s: %s", path, strerror(errno));

    WT_CONNECTION *connection;
    WT_SESSION *session;
    const char *extensions = getenv("WT_EXT_DIR");
    snprintf(options, sizeof options,
        "create,cache_size=256MB,config_base=false,checkpoint=(wait=0),"
        "log=(enabled=true,archive=false,prealloc=false,path=journal,compressor=snappy,file_max=128KB),"
        "extensions=[%s/libwiredtiger_snappy.so]",
        extensions == NULL ? "/usr/lib/x86_64-linux-gnu" : extensions);
    OK(wiredtiger_open(work, NULL, options, &connection));
    OK(connection->open_session(connection, NULL, NULL, &session));
    for (size_t i = 0; i < n; i++)
        store(session, &all[i], 0, all[i].records);
    described = all;
    collection catalog = {"_mdb_catalog", "_mdb_catalog", catalog_entry, n};
    store(session, &catalog, 0, n);
    OK(session->create(session, "table:sizeStorer", "key_format=S,value_format=u"));
    OK(session->checkpoint(session, NULL));
    /* these reach the journal, but no checkpoint */
    store(session, &all[n - 1], all[n - 1].records, all[n - 1].records + 9);
    OK(session->log_flush(session, "sync=on"));

    image(work, argv[1], all, n);
    if (!config && argc > 5) {
        churn(session, &all[0], strtoull(argc > 6 ? argv[6] : "4", NULL, 10));
        OK(session->checkpoint(session, NULL));
        image(work, argv[5], all, n);
    }
    OK(connection->close(connection, NULL));
    return 0;
}
