/* A disk that keeps nothing that was not synced: loaded before the hub's own libraries by the story of the power cut.
 *
 * Writes to the files under LOST_WRITES_FOLDER stay in this process's memory until fsync or fdatasync of that file, and
 * are seen by every read of the process meanwhile. Killing the process is the power cut. The shared-memory file of a
 * write-ahead log is left alone: it is mapped, holds nothing that must last, and is made anew after a crash.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define PAGE 4096

/* One page of a file as the process sees it, not synced yet. */
struct page {
    off_t number;
    unsigned char bytes[PAGE];
    struct page *next;
};

/* A file that has pages not synced. */
struct file {
    dev_t device;
    ino_t inode;
    off_t size; /* as the process sees it */
    struct page *pages;
    struct file *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file *files;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
    void *symbol = dlsym(RTLD_NEXT, name);
    if (!symbol) {
        fprintf(stderr, "lost_writes: no %s\n", name);
        abort();
    }
    return symbol;
}

static int is_watched(int fd, struct stat *status) {
    const char *folder = getenv("LOST_WRITES_FOLDER");
    char link[64], path[PATH_MAX];
    if (!folder || REAL(fstat)(fd, status) != 0 || !S_ISREG(status->st_mode)) return 0;
    /* What is only ever added to the end of, as a log is, goes to the disk at once. */
    if (fcntl(fd, F_GETFL) & O_APPEND) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0) return 0;
    const char *end = strrchr(path, '.');
    return end && strcmp(end, ".log") != 0 && !(length > 4 && strcmp(path + length - 4, "-shm") == 0);
}

static struct file *find(const struct stat *status) {
    for (struct file *file = files; file; file = file->next)
        if (file->device == status->st_dev && file->inode == status->st_ino) return file;
    return NULL;
}

static struct file *find_or_add(const struct stat *status) {
    struct file *file = find(status);
    if (file) return file;
    file = calloc(1, sizeof *file);
    if (!file) abort();
    file->device = status->st_dev;
    file->inode = status->st_ino;
    file->size = status->st_size;
    file->next = files;
    files = file;
    return file;
}

static struct page *page_of(struct file *file, off_t number) {
    for (struct page *page = file->pages; page; page = page->next)
        if (page->number == number) return page;
    return NULL;
}

/* The page, with what lies on the disk in it. */
static struct page *page_to_write(int fd, struct file *file, off_t number) {
    struct page *page = page_of(file, number);
    if (page) return page;
    page = calloc(1, sizeof *page);
    if (!page) abort();
    page->number = number;
    (void)!REAL(pread64)(fd, page->bytes, PAGE, number * PAGE);
    page->next = file->pages;
    file->pages = page;
    return page;
}

static void write_page(int fd, const struct file *file, const struct page *page) {
    off_t start = page->number * PAGE;
    if (start >= file->size) return;
    size_t count = file->size - start < PAGE ? (size_t)(file->size - start) : PAGE;
    if (REAL(pwrite64)(fd, page->bytes, count, start) != (ssize_t)count) abort();
}

static void drop_pages(struct file *file) {
    while (file->pages) {
        struct page *page = file->pages;
        file->pages = page->next;
        free(page);
    }
}

static ssize_t keep(int fd, const struct stat *status, const unsigned char *bytes, size_t count, off_t at) {
    struct file *file = find_or_add(status);
    for (size_t done = 0; done < count;) {
        off_t place = at + (off_t)done;
        size_t within = (size_t)(place % PAGE);
        size_t part = PAGE - within < count - done ? PAGE - within : count - done;
        memcpy(page_to_write(fd, file, place / PAGE)->bytes + within, bytes + done, part);
        done += part;
    }
    if (at + (off_t)count > file->size) file->size = at + (off_t)count;
    return (ssize_t)count;
}

static ssize_t see(int fd, struct file *file, unsigned char *bytes, size_t count, off_t at) {
    if (at >= file->size) return 0;
    if ((off_t)count > file->size - at) count = (size_t)(file->size - at);
    memset(bytes, 0, count);
    (void)!REAL(pread64)(fd, bytes, count, at);
    for (struct page *page = file->pages; page; page = page->next) {
        off_t from = page->number * PAGE, to = from + PAGE;
        if (from < at) from = at;
        if (to > at + (off_t)count) to = at + (off_t)count;
        if (from < to) memcpy(bytes + (from - at), page->bytes + (from - page->number * PAGE), (size_t)(to - from));
    }
    return (ssize_t)count;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    struct stat status;
    pthread_mutex_lock(&lock);
    ssize_t done = is_watched(fd, &status) ? keep(fd, &status, bytes, count, at) : REAL(pwrite64)(fd, bytes, count, at);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }

ssize_t write(int fd, const void *bytes, size_t count) {
    struct stat status;
    pthread_mutex_lock(&lock);
    ssize_t done;
    if (is_watched(fd, &status)) {
        off_t at = lseek(fd, 0, SEEK_CUR);
        done = keep(fd, &status, bytes, count, at);
        lseek(fd, at + (off_t)count, SEEK_SET);
    } else {
        done = REAL(write)(fd, bytes, count);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t at) {
    struct stat status;
    pthread_mutex_lock(&lock);
    struct file *file = is_watched(fd, &status) ? find(&status) : NULL;
    ssize_t done = file ? see(fd, file, bytes, count, at) : REAL(pread64)(fd, bytes, count, at);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pread(int fd, void *bytes, size_t count, off_t at) { return pread64(fd, bytes, count, at); }

ssize_t read(int fd, void *bytes, size_t count) {
    struct stat status;
    pthread_mutex_lock(&lock);
    struct file *file = is_watched(fd, &status) ? find(&status) : NULL;
    pthread_mutex_unlock(&lock);
    if (!file) return REAL(read)(fd, bytes, count);
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t done = pread64(fd, bytes, count, at);
    if (done > 0) lseek(fd, at + done, SEEK_SET);
    return done;
}

int fstat(int fd, struct stat *status) {
    struct stat watched;
    pthread_mutex_lock(&lock);
    int answer = REAL(fstat)(fd, status);
    struct file *file = answer == 0 && is_watched(fd, &watched) ? find(&watched) : NULL;
    if (file) status->st_size = file->size;
    pthread_mutex_unlock(&lock);
    return answer;
}

int fstat64(int fd, struct stat64 *status) { return fstat(fd, (struct stat *)status); }

/* A file that becomes shorter does so at once: a disk may do that, and it is the harder case for who forgot to sync. */
int ftruncate64(int fd, off64_t size) {
    struct stat status;
    pthread_mutex_lock(&lock);
    struct file *file = is_watched(fd, &status) ? find(&status) : NULL;
    if (file) {
        file->size = size;
        for (struct page *page = file->pages; page; page = page->next) {
            off_t start = page->number * PAGE;
            if (start + PAGE > size) memset(page->bytes + (start < size ? size - start : 0), 0, start < size ? (size_t)(start + PAGE - size) : PAGE);
        }
    }
    int answer = REAL(ftruncate64)(fd, size);
    pthread_mutex_unlock(&lock);
    return answer;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int sync_file(int fd) {
    struct stat status;
    pthread_mutex_lock(&lock);
    struct file *file = is_watched(fd, &status) ? find(&status) : NULL;
    if (file) {
        for (struct page *page = file->pages; page; page = page->next) write_page(fd, file, page);
        drop_pages(file);
    }
    pthread_mutex_unlock(&lock);
    return 0;
}

int fsync(int fd) {
    sync_file(fd);
    return REAL(fsync)(fd);
}

int fdatasync(int fd) {
    sync_file(fd);
    return REAL(fdatasync)(fd);
}

/* What was not synced of a file that is gone; its number may be given to another. */
static void forget(const struct stat *status) {
    struct file *file = find(status);
    if (file && status->st_nlink == 1) {
        drop_pages(file);
        file->device = 0;
        file->inode = 0;
    }
}

/* A file that is removed takes with it what was not synced. */
int unlink(const char *path) {
    struct stat status;
    pthread_mutex_lock(&lock);
    if (stat(path, &status) == 0) forget(&status);
    pthread_mutex_unlock(&lock);
    return REAL(unlink)(path);
}

/* A file whose name another takes is removed. */
int rename(const char *from, const char *to) {
    struct stat one, other;
    pthread_mutex_lock(&lock);
    if (stat(to, &other) == 0 && (stat(from, &one) != 0 || one.st_ino != other.st_ino)) forget(&other);
    pthread_mutex_unlock(&lock);
    return REAL(rename)(from, to);
}
