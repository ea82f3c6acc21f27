/*
 * Preloaded (LD_PRELOAD) into a server: writes down, in order, everything that changes files below
 * one folder, every flush with its begin and its end, and the moment at which an HTTP answer is
 * about to leave. Shared memory files of SQLite (-shm) are left out: they need not survive.
 *
 * STRONGROOM_RECORD_DIR   the folder, absolute
 * STRONGROOM_RECORD_LOG   where to write
 * STRONGROOM_RECORD_MUTE  flushes to leave out, to prove that it shows: of the log of the database
 *                         (log; log-late: each counts when the next one begins), of the folder it
 *                         lies in (folder), of the database itself (database), of objects (blob),
 *                         of their folders (blob-folder)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define DESCRIPTORS 65536
#define REAL(name) ((__typeof__(&name))real(#name))

enum kind {
  ROOT = 1, CREATE, FOLDER, WRITE, TRUNCATE, RENAME, LINK, REMOVE, FLUSH_BEGINS, FLUSH_ENDS, ANSWER,
  UNSEEN
};

struct header {
  uint32_t kind;
  uint32_t first_length;
  uint32_t second_length;
  int32_t result;
  uint64_t inode;
  int64_t at;
};

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static size_t folder_length;
static const char *mute = "";
static int journal = -1;
static int64_t flushes;
/* Inode behind every descriptor that was opened below the folder. */
static uint64_t inodes[DESCRIPTORS];

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void note(enum kind kind, uint64_t inode, int64_t at, int result, const void *first,
                 size_t first_length, const void *second, size_t second_length) {
  struct header header = {kind, first_length, second_length, result, inode, at};
  struct iovec parts[3] = {{&header, sizeof header},
                           {(void *)first, first_length},
                           {(void *)second, second_length}};
  ssize_t length = sizeof header + first_length + second_length;
  if (syscall(SYS_writev, journal, parts, 3) != length) abort();
}

static void note_path(enum kind kind, uint64_t inode, const char *path) {
  note(kind, inode, 0, 0, path + folder_length, strlen(path + folder_length), "", 0);
}

__attribute__((constructor)) static void begin(void) {
  const char *log = getenv("STRONGROOM_RECORD_LOG");
  folder = getenv("STRONGROOM_RECORD_DIR");
  if (!log || !folder) return;
  folder_length = strlen(folder);
  if (getenv("STRONGROOM_RECORD_MUTE")) mute = getenv("STRONGROOM_RECORD_MUTE");
  journal = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  struct stat facts;
  if (journal < 0 || stat(folder, &facts)) abort();
  note(ROOT, facts.st_ino, 0, 0, "", 0, "", 0);
}

static int ends_with(const char *path, const char *end) {
  size_t length = strlen(path), tail = strlen(end);
  return length >= tail && !strcmp(path + length - tail, end);
}

static int is_ours(const char *path) {
  if (journal < 0 || strncmp(path, folder, folder_length)) return 0;
  return (path[folder_length] == '/' || !path[folder_length]) && !ends_with(path, "-shm");
}

/*
 * 0 for a descriptor that is none of ours. Libuv closes without calling close, so that a number may
 * stand for something else by now.
 */
static uint64_t inode_of(int descriptor) {
  if (descriptor < 0 || descriptor >= DESCRIPTORS || !inodes[descriptor]) return 0;
  struct stat facts;
  int is_open = !fstat(descriptor, &facts) && (S_ISREG(facts.st_mode) || S_ISDIR(facts.st_mode));
  if (!is_open || facts.st_ino != inodes[descriptor]) inodes[descriptor] = 0;
  return inodes[descriptor];
}

/* The path of `name` below a descriptor's folder, or `name` itself where it is whole. */
static const char *whole(int at, const char *name, char *buffer) {
  if (name[0] == '/' || at == AT_FDCWD) return name;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", at);
  ssize_t length = readlink(link, buffer, 4096);
  if (length < 0) return name;
  snprintf(buffer + length, 4096, "/%s", name);
  return buffer;
}

static int opened(int at, const char *name, int flags, mode_t mode) {
  static int (*original)(int, const char *, int, ...);
  if (!original) original = (int (*)(int, const char *, int, ...))real("openat64");
  char buffer[8192];
  const char *path = whole(at, name, buffer);
  if (!is_ours(path)) {
    int other = original(at, name, flags, mode);
    if (other >= 0 && other < DESCRIPTORS) inodes[other] = 0;
    return other;
  }
  pthread_mutex_lock(&order);
  struct stat before, after;
  int existed = !stat(path, &before);
  int descriptor = original(at, name, flags, mode);
  if (descriptor >= DESCRIPTORS) abort();
  if (descriptor >= 0 && !fstat(descriptor, &after)) {
    inodes[descriptor] = after.st_ino;
    if (!existed) note_path(CREATE, after.st_ino, path);
    else if ((flags & O_TRUNC) && before.st_size > 0)
      note(TRUNCATE, after.st_ino, 0, 0, "", 0, "", 0);
  }
  pthread_mutex_unlock(&order);
  return descriptor;
}

#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list given; \
    va_start(given, flags); \
    mode = va_arg(given, mode_t); \
    va_end(given); \
  }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) {
  MODE(flags) return opened(AT_FDCWD, path, flags, mode);
}
int openat(int at, const char *path, int flags, ...) {
  MODE(flags) return opened(at, path, flags, mode);
}
int openat64(int at, const char *path, int flags, ...) {
  MODE(flags) return opened(at, path, flags, mode);
}

static void note_writes(int descriptor, off_t at, const struct iovec *parts, ssize_t written) {
  for (; written > 0; parts++) {
    ssize_t length = (ssize_t)parts->iov_len < written ? (ssize_t)parts->iov_len : written;
    note(WRITE, inode_of(descriptor), at, 0, parts->iov_base, length, "", 0);
    at += length;
    written -= length;
  }
}

static off_t position(int descriptor) {
  struct stat facts;
  if (!(fcntl(descriptor, F_GETFL) & O_APPEND)) return lseek(descriptor, 0, SEEK_CUR);
  return fstat(descriptor, &facts) ? -1 : facts.st_size;
}

/* An answer counts from the moment at which it is handed over. */
static void note_answer(const struct iovec *parts, int count) {
  if (journal < 0 || count < 1 || parts->iov_len < 9 || memcmp(parts->iov_base, "HTTP/1.1 ", 9)) return;
  pthread_mutex_lock(&order);
  size_t length = parts->iov_len < 2048 ? parts->iov_len : 2048;
  note(ANSWER, 0, 0, 0, parts->iov_base, length, "", 0);
  pthread_mutex_unlock(&order);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  if (!inode_of(descriptor)) {
    note_answer(parts, count);
    return REAL(writev)(descriptor, parts, count);
  }
  pthread_mutex_lock(&order);
  off_t at = position(descriptor);
  ssize_t written = REAL(writev)(descriptor, parts, count);
  note_writes(descriptor, at, parts, written);
  pthread_mutex_unlock(&order);
  return written;
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
  struct iovec part = {(void *)bytes, length};
  if (inode_of(descriptor)) return writev(descriptor, &part, 1);
  note_answer(&part, 1);
  return REAL(write)(descriptor, bytes, length);
}

static ssize_t placed(int descriptor, const struct iovec *parts, int count, off_t at) {
  static ssize_t (*original)(int, const struct iovec *, int, off_t);
  if (!original) original = (ssize_t(*)(int, const struct iovec *, int, off_t))real("pwritev64");
  if (!inode_of(descriptor)) return original(descriptor, parts, count, at);
  pthread_mutex_lock(&order);
  ssize_t written = original(descriptor, parts, count, at);
  note_writes(descriptor, at, parts, written);
  pthread_mutex_unlock(&order);
  return written;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off_t at) {
  struct iovec part = {(void *)bytes, length};
  return placed(descriptor, &part, 1, at);
}
ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t at) {
  return pwrite64(descriptor, bytes, length, at);
}
ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off_t at) {
  return placed(descriptor, parts, count, at);
}
ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t at) {
  return placed(descriptor, parts, count, at);
}

int ftruncate64(int descriptor, off_t length) {
  if (!inode_of(descriptor)) return REAL(ftruncate64)(descriptor, length);
  pthread_mutex_lock(&order);
  int result = REAL(ftruncate64)(descriptor, length);
  if (!result) note(TRUNCATE, inode_of(descriptor), length, 0, "", 0, "", 0);
  pthread_mutex_unlock(&order);
  return result;
}
int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

int mkdir(const char *path, mode_t mode) {
  if (!is_ours(path)) return REAL(mkdir)(path, mode);
  pthread_mutex_lock(&order);
  struct stat facts;
  int result = REAL(mkdir)(path, mode);
  if (!result && !stat(path, &facts)) note_path(FOLDER, facts.st_ino, path);
  pthread_mutex_unlock(&order);
  return result;
}

static int two_names(enum kind kind, int (*original)(const char *, const char *), const char *from,
                     const char *to) {
  if (!is_ours(from) && !is_ours(to)) return original(from, to);
  if (!is_ours(from) || !is_ours(to)) abort();
  pthread_mutex_lock(&order);
  int result = original(from, to);
  from += folder_length;
  to += folder_length;
  if (!result) note(kind, 0, 0, 0, from, strlen(from), to, strlen(to));
  pthread_mutex_unlock(&order);
  return result;
}

int rename(const char *from, const char *to) { return two_names(RENAME, REAL(rename), from, to); }
int link(const char *from, const char *to) { return two_names(LINK, REAL(link), from, to); }

int unlinkat(int at, const char *name, int flags) {
  char buffer[8192];
  const char *path = whole(at, name, buffer);
  if (!is_ours(path)) return REAL(unlinkat)(at, name, flags);
  pthread_mutex_lock(&order);
  int result = REAL(unlinkat)(at, name, flags);
  if (!result) note_path(REMOVE, 0, path);
  pthread_mutex_unlock(&order);
  return result;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

/* Whether flushes of this descriptor are to be left out. */
static int is_mute(int descriptor) {
  struct stat facts;
  char link[64], path[4096] = "";
  if (!*mute || fstat(descriptor, &facts)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  if (readlink(link, path, sizeof path - 1) < 0) return 0;
  int is_blob = strstr(path, "/blobs") != NULL;
  if (S_ISDIR(facts.st_mode)) return !strcmp(mute, is_blob ? "blob-folder" : "folder");
  if (ends_with(path, "-wal")) return !strncmp(mute, "log", 3);
  if (ends_with(path, ".db")) return !strcmp(mute, "database");
  return is_blob && !strcmp(mute, "blob");
}

static int flushed(int (*original)(int), int descriptor) {
  static int64_t late;
  uint64_t inode = inode_of(descriptor);
  if (!inode) return original(descriptor);
  int leave_out = is_mute(descriptor);
  int is_late = leave_out && !strcmp(mute, "log-late");
  if (leave_out && !is_late) return 0;
  pthread_mutex_lock(&order);
  int64_t number = ++flushes;
  if (is_late && late) note(FLUSH_ENDS, inode, late, 0, "", 0, "", 0);
  note(FLUSH_BEGINS, inode, number, 0, "", 0, "", 0);
  if (is_late) late = number;
  pthread_mutex_unlock(&order);
  if (is_late) return 0;
  int result = original(descriptor);
  pthread_mutex_lock(&order);
  note(FLUSH_ENDS, inode, number, result, "", 0, "", 0);
  pthread_mutex_unlock(&order);
  return result;
}

int fsync(int descriptor) { return flushed(REAL(fsync), descriptor); }
int fdatasync(int descriptor) { return flushed(REAL(fdatasync), descriptor); }

/* Ways to change a file that are not understood here: the replay refuses a log that has one. */
static void note_unseen(int descriptor, const char *what) {
  if (!inode_of(descriptor)) return;
  pthread_mutex_lock(&order);
  note(UNSEEN, inode_of(descriptor), 0, 0, what, strlen(what), "", 0);
  pthread_mutex_unlock(&order);
}

void *mmap64(void *address, size_t length, int protection, int flags, int descriptor, off_t at) {
  if ((protection & PROT_WRITE) && (flags & MAP_SHARED)) note_unseen(descriptor, "mmap");
  return (void *)syscall(SYS_mmap, address, length, protection, flags, descriptor, at);
}
ssize_t sendfile64(int out, int in, off_t *at, size_t count) {
  note_unseen(out, "sendfile");
  return REAL(sendfile64)(out, in, at, count);
}
ssize_t sendfile(int out, int in, off_t *at, size_t count) { return sendfile64(out, in, at, count); }
ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t length, unsigned flags) {
  note_unseen(out, "copy_file_range");
  return REAL(copy_file_range)(in, from, out, to, length, flags);
}
int fallocate64(int descriptor, int mode, off_t at, off_t length) {
  note_unseen(descriptor, "fallocate");
  return REAL(fallocate64)(descriptor, mode, at, length);
}
int posix_fallocate64(int descriptor, off_t at, off_t length) {
  note_unseen(descriptor, "posix_fallocate");
  return REAL(posix_fallocate64)(descriptor, at, length);
}
