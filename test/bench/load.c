// SPDX-License-Identifier: GPL-2.0-or-later
// The loads of the benchmark that are no single SCSI command (those: test/port/sgio.c).
//
//   load stream write|read BLOCK COUNT zeros|random PATH...
//        moves COUNT blocks of BLOCK bytes to or from each PATH at once, a tape or a plain file, from its beginning;
//        prints "MB_PER_SECOND BLOCKS_PER_SECOND" over all paths, without opening, rewinding and closing
//   load memcpy BLOCK COUNT         prints megabytes per second
//   load syscall COUNT              prints microseconds of a getppid
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mtio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what)
{
	fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
	exit(1);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

/* Page-aligned, every page touched: the first use of a page costs more than the copy. */
static char *buffer(size_t length, int random)
{
	const size_t page = sysconf(_SC_PAGESIZE);
	uint64_t *words = aligned_alloc(page, (length + page - 1) / page * page);
	uint64_t state = 88172645463325252;
	size_t i;

	if (!words)
		die("memory");
	memset(words, 0, length);
	for (i = 0; random && i < length / sizeof(*words); i++) {
		state ^= state << 13;	/* xorshift64: nothing compresses it */
		state ^= state >> 7;
		state ^= state << 17;
		words[i] = state;
	}
	return (char *)words;
}

static int open_at_start(const char *path, int writes)
{
	struct mtop variable = { .mt_op = MTSETBLK, .mt_count = 0 };
	struct mtop rewind = { .mt_op = MTREW, .mt_count = 1 };
	const int fd = open(path, O_RDWR | O_CREAT, 0600);

	if (fd < 0)
		die(path);
	if (ioctl(fd, MTIOCTOP, &rewind) == 0) {
		if (ioctl(fd, MTIOCTOP, &variable) < 0)
			die("variable blocks");
	} else if (errno != ENOTTY || (writes && ftruncate(fd, 0) < 0)) {
		die(path);
	}
	return fd;
}

static void move(int fd, int writes, char *block, size_t length, int count)
{
	for (int i = 0; i < count; i++) {
		const ssize_t moved = writes ? write(fd, block, length) : read(fd, block, length);

		if (moved != (ssize_t)length)
			die(writes ? "write" : "read");
	}
}

/* What a child of stream() does between two tokens: first everything that is not to be measured. */
static void child(const char *path, char **words, int ready, int go, int done)
{
	const int writes = !strcmp(words[0], "write");
	const size_t length = atoi(words[1]);
	char *block = buffer(length, !strcmp(words[3], "random")), token;
	const int fd = open_at_start(path, writes);

	if (write(ready, "", 1) != 1 || read(go, &token, 1) != 1)
		die("start");
	move(fd, writes, block, length, atoi(words[2]));
	if (write(done, "", 1) != 1 || close(fd) < 0)
		die("end");
	exit(0);
}

static void take_tokens(int from, int count)
{
	char token;

	while (count-- > 0)
		if (read(from, &token, 1) != 1)
			die("a child failed");
}

/* A child for each path; they start together, and the clock stops when the last has moved its blocks. */
static void stream(char **words, char **paths, int path_count)
{
	const int blocks = atoi(words[2]) * path_count;
	const char *tokens = "0123456789abcdef";
	int ready[2], go[2], done[2], i, status;
	double seconds;

	if (path_count > (int)strlen(tokens) || pipe(ready) || pipe(go) || pipe(done))
		die("pipes");
	for (i = 0; i < path_count; i++)
		if (fork() == 0)
			child(paths[i], words, ready[1], go[0], done[1]);
	take_tokens(ready[0], path_count);
	seconds = now();
	if (write(go[1], tokens, path_count) != path_count)
		die("start");
	take_tokens(done[0], path_count);
	seconds = now() - seconds;
	while (wait(&status) > 0)
		if (status)
			exit(1);
	printf("%.1f %.0f\n", atoi(words[1]) / 1e6 * blocks / seconds, blocks / seconds);
}

static void measure_memcpy(size_t length, int count)
{
	char *from = buffer(length, 1), *to = buffer(length, 0);
	const double start = now();

	for (int i = 0; i < count; i++) {
		memcpy(to, from, length);
		__asm__ volatile("" : : "r"(to) : "memory");
	}
	printf("%.1f\n", length / 1e6 * count / (now() - start));
}

static void measure_syscall(int count)
{
	const double start = now();

	for (int i = 0; i < count; i++)
		syscall(SYS_getppid);
	printf("%.2f\n", (now() - start) * 1e6 / count);
}

int main(int argc, char **argv)
{
	alarm(60);	/* a child that failed leaves the others waiting */
	if (argc > 6 && !strcmp(argv[1], "stream"))
		stream(argv + 2, argv + 6, argc - 6);
	else if (argc == 4 && !strcmp(argv[1], "memcpy"))
		measure_memcpy(atoi(argv[2]), atoi(argv[3]));
	else if (argc == 3 && !strcmp(argv[1], "syscall"))
		measure_syscall(atoi(argv[2]));
	else
		return fprintf(stderr, "usage: see the head of load.c\n"), 2;
	return 0;
}
