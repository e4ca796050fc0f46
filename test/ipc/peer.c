// SPDX-License-Identifier: GPL-2.0-or-later
// Another program at the message queue, written from the wire format alone.
//
//   peer KEY send TYPE SENDER SIZE TEXT      SIZE: bytes of payload, text included
//   peer KEY receive TYPE                    prints "SIZE SENDER TEXT" of one message; waits for it
//   peer KEY answer TYPE DELAY_MS QUESTION REPLY [QUESTION REPLY...]
//        answers as a drive, also several times, until a message "exit"; REPLY "-": reads but does not answer
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

struct message {
	long type;
	long long sender;
	char text[8000];
};

static struct message message;

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void post(int queue, long type, long long sender, size_t size, const char *text)
{
	memset(&message, 0, sizeof(message));
	message.type = type;
	message.sender = sender;
	strcpy(message.text, text);
	if (msgsnd(queue, &message, size, 0) < 0)
		die("msgsnd");
}

static ssize_t take(int queue, long type)
{
	ssize_t size = msgrcv(queue, &message, sizeof(message) - sizeof(long), type, 0);

	if (size < 0)
		die("msgrcv");
	return size;
}

static void answer(int queue, long type, char **words)
{
	int delay = atoi(*words++), i;

	for (;;) {
		take(queue, type);
		if (!strcmp(message.text, "exit"))
			return;
		for (i = 0; words[i] && strcmp(message.text, words[i]); i += 2)
			;
		usleep(delay * 1000);
		if (words[i] && strcmp(words[i + 1], "-"))
			post(queue, message.sender, type, 16 + strlen(words[i + 1]) + 1, words[i + 1]);
	}
}

int main(int argc, char **argv)
{
	int queue;
	long type;

	if (argc < 4)
		return fprintf(stderr, "usage: see the head of peer.c\n"), 2;
	queue = msgget(strtoul(argv[1], NULL, 0), IPC_CREAT | 0660);
	if (queue < 0)
		die("msgget");
	type = atol(argv[3]);
	if (!strcmp(argv[2], "send") && argc == 7) {
		post(queue, type, atoll(argv[4]), atol(argv[5]), argv[6]);
	} else if (!strcmp(argv[2], "receive")) {
		ssize_t size = take(queue, type);

		printf("%zd %lld %s\n", size, message.sender, message.text);
	} else {
		answer(queue, type, argv + 4);
	}
	return 0;
}
