# SPDX-License-Identifier: GPL-2.0-or-later
# usage: sweep.pl CHANGER: READ ELEMENT STATUS in every combination of its fields, each twice, against what the answer with
# room for everything says. Element descriptors come whole, headers as far as they fit (SCSI-2 17.2.5).
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use sg;

my $changer = sg->open($ARGV[0]);
my ($commands, $errors) = (0, 0);

sub wrong {
	my ($cdb, $what) = @_;
	print "$cdb: $what\n";
	die "too many errors\n" if ++$errors > 10;
}

# The answer, which is the same when asked again.
sub status {
	my ($type, $flags, $start, $number, $allocation) = @_;
	my $cdb = sprintf 'b8 %02x %04x %04x %02x %06x 00 00', $type | ($flags & 1 ? 0x10 : 0), $start, $number,
		$flags >> 1, $allocation;
	my @first = $changer->command($cdb, 65536);
	my @second = $changer->command($cdb, 65536);
	$commands += 2;
	wrong($cdb, 'the second answer is another') if "@first" ne "@second";
	return ($cdb, @first);
}

# Pages of an answer: type, length of descriptors, descriptors.
sub pages {
	my ($data) = @_;
	my @pages;
	for (my $at = 8; $at + 8 <= length $data;) {
		my ($type, $length, $high, $low) = unpack "x$at C x n x C n", $data;
		my $bytes = ($high << 16) + $low;
		my $content = substr $data, $at + 8, $bytes;
		push @pages, { type => $type, length => $length, descriptors => [unpack "(a$length)*", $content] };
		$at += 8 + $bytes;
	}
	return @pages;
}

# What the answer with all elements of all types says about a selection, with room for everything.
sub expected {
	my ($all, $type, $start, $number) = @_;
	my ($left, $count, $first, $body) = ($number, 0, 0, '');
	for my $page (@$all) {
		next if $type && $page->{type} != $type;
		my @own = grep { unpack('n', $_) >= $start } @{ $page->{descriptors} };
		@own = @own[0 .. ($left < @own ? $left : @own) - 1];
		next if !@own;
		$first = unpack 'n', $own[0] if !$count;
		$count += @own;
		$left -= @own;
		my $content = join '', @own;
		$body .= pack('C C n x C n', $page->{type}, $page->{tags}, $page->{length}, length($content) >> 16,
			length($content) & 0xffff) . $content;
	}
	return pack('n n x C n', $first, $count, length($body) >> 16, length($body) & 0xffff) . $body;
}

# How much of an answer fits.
sub fitting {
	my ($data, $room) = @_;
	return $data if length $data <= $room;
	my $at = 8;
	for my $page (pages($data)) {
		my $end = $at + 8 + $page->{length} * @{ $page->{descriptors} };
		last if $end > $room;
		$at = $end;
	}
	my $left = $room - $at - 8;
	return substr $data, 0, $room if $left < 0;
	my $length = unpack 'x' . ($at + 2) . ' n', $data;
	return substr $data, 0, $room - $left % $length;
}

for my $flags (0 .. 7) {    # 1: VOLTAG, 2: DVCID, 4: CURDATA
	my (undef, $sense, $data) = status(0, $flags, 0, 0xffff, 65535);
	die "the whole: $sense\n" if $sense;
	my @all = pages($data);
	$_->{tags} = $flags & 1 ? 0x80 : 0 for @all;
	my @starts = (0, 0x0b, 0x1f5, 0x3f0, unpack 'n', $all[-1]{descriptors}[-1]);
	for my $type (0 .. 5) {
		for my $start (@starts, $starts[-1] + 1) {
			for my $number (0, 2, 0xffff) {
				my ($cdb, $sense, $data) = status($type, $flags, $start, $number, 65535);
				my $refused = $type > 4 ? '5/24/00' : $start > $starts[-1] ? '5/21/01' : '';
				wrong($cdb, "sense '$sense'") if $sense ne $refused;
				next if $refused || $sense;
				wrong($cdb, 'not what the whole says') if $data ne expected(\@all, $type, $start, $number);
				next if $flags > 3 || $flags == 2;    # the sizes are those of others
				for my $room (0, 7, 12, 17, 100, 1000) {
					my ($cut, undef, $part) = status($type, $flags, $start, $number, $room);
					wrong($cut, sprintf 'cut to %d bytes', length $part) if $part ne fitting($data, $room);
				}
			}
		}
	}
}
die "$errors errors\n" if $errors;
print "# $commands commands\n";
