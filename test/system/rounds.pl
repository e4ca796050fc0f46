# SPDX-License-Identifier: GPL-2.0-or-later
# usage: rounds.pl ROUNDS CHANGER DRIVE...: each round loads a cartridge from one of 16 slots, finds the drive ready, moves
# it to the next drive every fifth time, and unloads it to its slot. Stops at the first error.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use sg;

my ($rounds, $node, @nodes) = @ARGV;
my $changer = sg->open($node);
my @drives = map { sg->open($_) } @nodes;
my ($firstSlot, $firstDrive) = (0x3e8, 0x1f4);
my ($slowest, $spent) = (0, 0);

sub move {
	my ($round, $from, $to) = @_;
	my $before = time_now();
	my ($sense) = $changer->command(sprintf 'a5 00 0001 %04x %04x 0000 00 00', $from, $to);
	my $took = time_now() - $before;
	$slowest = $took if $took > $slowest;
	$spent += $took;
	die sprintf "round %d: from %04xh to %04xh: %s\n", $round, $from, $to, $sense if $sense;
}

sub time_now {
	require Time::HiRes;
	return Time::HiRes::time();
}

# Ready, once it has told that there is another medium.
sub ready {
	my ($round, $drive) = @_;
	my $sense;
	for (1 .. 3) {
		($sense) = $drives[$drive]->command('00 00 00 00 00 00');
		last if $sense !~ m{^6/(28/00|29/0.)$};
	}
	die "round $round: drive $drive: $sense\n" if $sense;
}

$| = 1;
for my $round (0 .. $rounds - 1) {
	printf "# round %d\n", $round if $round && $round % 100 == 0;
	my ($drive, $slot) = ($round % @drives, $firstSlot + $round % 16);
	move($round, $slot, $firstDrive + $drive);
	ready($round, $drive);
	if ($round % 5 == 4) {
		my $next = ($drive + 1) % @drives;
		move($round, $firstDrive + $drive, $firstDrive + $next);
		ready($round, $drive = $next);
	}
	move($round, $firstDrive + $drive, $slot);
}
printf "# %d rounds, moves of %.1f ms, the slowest %.0f ms\n", $rounds, 1000 * $spent / ($rounds * 2.2), 1000 * $slowest;
