/* A disk that fails as a test says: a word in a file is read before each write and sync of the hub's database.
 *
 * "eio": syncs and writes fail; "full": writes find no room; "read-only": writes are refused; "slow": a sync takes half a
 * second. Only files whose name holds ".db" are meant.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* Whether the disk's word is this one. */
static int says(const char *word) {
    const char *path = getenv("TEST_DISK_FILE");
    char text[16] = "";
    int file = path == NULL ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t length = syscall(SYS_read, file, text, sizeof text - 1);
    syscall(SYS_close, file);
    return length > 0 && strncmp(text, word, strlen(word)) == 0;
}

static int is_database(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return strstr(path, ".db") != NULL && strstr(path, "-shm") == NULL;
}

/* What a write to this file meets; 0 if nothing. */
static int write_fault(int fd) {
    if (!is_database(fd)) return 0;
    if (says("full")) return ENOSPC;
    if (says("read-only")) return EROFS;
    if (says("eio")) return EIO;
    return 0;
}

static int sync_fault(int fd) {
    if (!is_database(fd)) return 0;
    if (says("slow")) usleep(500000);
    return says("eio") ? EIO : 0;
}

#define FAIL_IF(fault) do { int why = (fault); if (why) { errno = why; return -1; } } while (0)

ssize_t write(int fd, const void *bytes, size_t count) {
    FAIL_IF(write_fault(fd));
    return syscall(SYS_write, fd, bytes, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    FAIL_IF(write_fault(fd));
    return syscall(SYS_pwrite64, fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }

int ftruncate64(int fd, off64_t size) {
    FAIL_IF(write_fault(fd));
    return (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int fsync(int fd) {
    FAIL_IF(sync_fault(fd));
    return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd) {
    FAIL_IF(sync_fault(fd));
    return (int)syscall(SYS_fdatasync, fd);
}
