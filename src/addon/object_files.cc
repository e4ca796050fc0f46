// SPDX-License-Identifier: GPL-2.0-or-later
// Whoever calls waits for the disk.
#include "object_files.h"

#include <limits.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace {

template <typename T>
void Put(std::vector<uint8_t> &record, size_t at, size_t field, T value) {
  // Records are little-endian, as the machines are for which this is built.
  memcpy(&record[at + field], &value, sizeof(value));
}

// Writes all of it; returns 0 or an errno.
int WriteAt(int file, std::vector<iovec> parts, uint64_t offset) {
  size_t first = 0;
  while (first < parts.size()) {
    const size_t count = std::min<size_t>(parts.size() - first, IOV_MAX);
    const ssize_t written = pwritev(file, &parts[first], static_cast<int>(count), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    offset += written;
    size_t left = written;
    for (; first < parts.size() && left >= parts[first].iov_len; first++)
      left -= parts[first].iov_len;
    if (left == 0) continue;
    parts[first].iov_base = static_cast<uint8_t *>(parts[first].iov_base) + left;
    parts[first].iov_len -= left;
  }
  return 0;
}

}  // namespace

ObjectFiles::ObjectFiles(int data, int index, RecordShape shape)
    : data_(data), index_(index), shape_(std::move(shape)) {}

void ObjectFiles::AddRecord(const ObjectEntry &entry, ObjectBatch *batch) const {
  const std::vector<uint8_t> &shape = !entry.record.empty() ? entry.record
                                      : entry.filemark      ? shape_.filemark
                                                            : shape_.block;
  std::vector<uint8_t> &records = batch->records;
  const size_t at = records.size();
  records.insert(records.end(), shape.begin(), shape.end());
  Put(records, at, shape_.data_offset, entry.offset);
  Put(records, at, shape_.number, entry.number);
  Put(records, at, shape_.flags, entry.outcome.flags);
  Put(records, at, shape_.size, entry.size);
  Put(records, at, shape_.stored_size, entry.outcome.stored_size);
  Put(records, at, shape_.crc, entry.outcome.crc);
}

int ObjectFiles::Write(const ObjectBatch &batch) const {
  const int error = data_ < 0 ? 0 : WriteAt(data_, batch.payload, batch.offset);
  if (error) return error;
  const size_t record = shape_.block.size();
  const iovec records = {const_cast<uint8_t *>(batch.records.data()), batch.records.size()};
  return WriteAt(index_, {records}, static_cast<uint64_t>(batch.first) * record);
}
