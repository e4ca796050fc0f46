// SPDX-License-Identifier: GPL-2.0-or-later
// The loads of the benchmark that are no single SCSI command (those: test/port/sgio.c).
//
//   load stream write|read BLOCK COUNT zeros|random|FILE PATH...
//        moves COUNT blocks of BLOCK bytes, those of FILE again and again, to or from each PATH at once, a tape or a
//        plain file, from its beginning; prints "MB_PER_SECOND BLOCKS_PER_SECOND" over all paths, without opening,
//        rewinding and closing
//   load memcpy BLOCK COUNT         prints megabytes per second
//   load syscall COUNT              prints microseconds of a getppid
//   load exchange COUNT             prints microseconds of an EXCHANGE of a descriptor that is no unit
//   load locate TAPE COUNT OBJECTS  prints "P50 P99", microseconds of a seek to one of OBJECTS blocks by chance
//   load space TAPE COUNT           prints microseconds from the beginning of the tape over COUNT filemarks
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mtio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../kernel/mhvtl.h"

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
static char *buffer(size_t length)
{
	const size_t page = sysconf(_SC_PAGESIZE);
	char *bytes = aligned_alloc(page, (length + page - 1) / page * page);

	if (!bytes)
		die("memory");
	memset(bytes, 0, length);
	return bytes;
}

static void fill_random(char *bytes, size_t length)
{
	uint64_t state = 88172645463325252;

	for (size_t i = 0; i + sizeof(state) <= length; i += sizeof(state)) {
		state ^= state << 13;	/* xorshift64: nothing compresses it */
		state ^= state >> 7;
		state ^= state << 17;
		memcpy(bytes + i, &state, sizeof(state));
	}
}

static void fill_from(char *bytes, size_t length, const char *path)
{
	const int fd = open(path, O_RDONLY);

	if (fd < 0 || read(fd, bytes, length) != (ssize_t)length || close(fd) < 0)
		die(path);
}

/* What is moved: blocks one after the other in one buffer. */
struct data {
	char *bytes;
	size_t block;
	int blocks;
};

static struct data data_of(size_t block, const char *word)
{
	struct data data = { .block = block, .blocks = 1 };
	struct stat status;

	if (stat(word, &status) == 0 && (size_t)status.st_size >= block)
		data.blocks = status.st_size / block;
	data.bytes = buffer(block * data.blocks);
	if (!strcmp(word, "random"))
		fill_random(data.bytes, block);
	else if (strcmp(word, "zeros"))
		fill_from(data.bytes, block * data.blocks, word);
	return data;
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

static void move(int fd, int writes, const struct data *data, int count)
{
	for (int i = 0; i < count; i++) {
		char *block = data->bytes + data->block * (i % data->blocks);
		const ssize_t moved = writes ? write(fd, block, data->block) :
					       read(fd, block, data->block);

		if (moved != (ssize_t)data->block)
			die(writes ? "write" : "read");
	}
}

/* What a child of stream() does between two tokens: first everything that is not to be measured. */
static void child(const char *path, char **words, int ready, int go, int done)
{
	const int writes = !strcmp(words[0], "write");
	const struct data data = data_of(atoi(words[1]), words[3]);
	const int fd = open_at_start(path, writes);
	char token;

	if (write(ready, "", 1) != 1 || read(go, &token, 1) != 1)
		die("start");
	move(fd, writes, &data, atoi(words[2]));
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
	close(ready[1]);	/* so that nothing is waited for when no child is left */
	close(done[1]);
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
	char *from = buffer(length), *to = buffer(length);
	double start;

	fill_random(from, length);
	start = now();
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

static void measure_exchange(int count)
{
	const int fd = open("/dev/mhvtl", O_RDWR);
	struct mhvtl_exchange exchange = {};
	double start;

	if (fd < 0)
		die("/dev/mhvtl");
	start = now();
	for (int i = 0; i < count; i++)
		if (ioctl(fd, MHVTL_IOC_EXCHANGE, &exchange) != -1 || errno != ENOTCONN)
			die("EXCHANGE");
	printf("%.2f\n", (now() - start) * 1e6 / count);
}

/* Microseconds of one tape operation. */
static double timed_operation(int fd, short operation, int count)
{
	struct mtop request = { .mt_op = operation, .mt_count = count };
	const double start = now();

	if (ioctl(fd, MTIOCTOP, &request) < 0)
		die("tape operation");
	return (now() - start) * 1e6;
}

static int compare(const void *a, const void *b)
{
	const double difference = *(const double *)a - *(const double *)b;

	return (difference > 0) - (difference < 0);
}

static void measure_locate(int fd, int count, int objects)
{
	double *took = calloc(count, sizeof(*took));
	uint64_t state = 88172645463325252;

	for (int i = 0; took && i < count; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		took[i] = timed_operation(fd, MTSEEK, state % objects);
	}
	qsort(took, count, sizeof(*took), compare);
	printf("%.1f %.1f\n", took[count / 2], took[count * 99 / 100]);
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
	else if (argc == 3 && !strcmp(argv[1], "exchange"))
		measure_exchange(atoi(argv[2]));
	else if (argc == 5 && !strcmp(argv[1], "locate"))
		measure_locate(open_at_start(argv[2], 0), atoi(argv[3]), atoi(argv[4]));
	else if (argc == 4 && !strcmp(argv[1], "space"))
		printf("%.1f\n", timed_operation(open_at_start(argv[2], 0), MTFSF, atoi(argv[3])));
	else
		return fprintf(stderr, "usage: see the head of load.c\n"), 2;
	return 0;
}
