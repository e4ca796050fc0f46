# SPDX-License-Identifier: GPL-2.0-or-later
# SCSI commands from Perl through SG_IO: many in little time, where each process would cost more than the command.
package sg;
use strict;
use warnings;

my $SG_IO = 0x2285;
my ($NONE, $FROM_DEVICE) = (-1, -3);
my $timeout = 60_000;    # milliseconds
my $senseRoom = 64;

sub open {
	my ($class, $node) = @_;
	CORE::open my $fd, '+<', $node or die "$node: $!\n";
	return bless { fd => $fd, node => $node }, $class;
}

# Sends a CDB, in hex with blanks where they please. Returns its sense ('' for GOOD, '5/24/00' and the like, 'status 18h'
# for what has none), and the data it sent in at most $room bytes.
sub command {
	my ($self, $cdb, $room) = @_;
	$cdb =~ s/ //g;
	my $bytes = pack 'H*', $cdb;
	my $data = "\0" x ($room // 0);
	my $sense = "\0" x $senseRoom;
	my $header = pack 'i i C C S I P P P I I i x4 Q C4 S S i I I x4', ord 'S', $room ? $FROM_DEVICE : $NONE,
		length $bytes, $senseRoom, 0, $room // 0, $data, $bytes, $sense, $timeout, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0;
	ioctl $self->{fd}, $SG_IO, $header or die "$self->{node}: $!\n";
	my ($status, $sensed, $host, $residual) = (unpack 'x64 C C C C S S i', $header)[0, 3, 4, 6];
	die sprintf "%s: host status %d\n", $self->{node}, $host if $host;
	return ('', substr $data, 0, ($room // 0) - $residual) if $status == 0;
	return (sprintf('status %02xh', $status), '') if !$sensed;
	return (sprintf('%x/%02x/%02x', ord(substr $sense, 2) & 15, unpack 'x12 C C', $sense), '');
}

1;
