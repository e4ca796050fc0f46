// SPDX-License-Identifier: GPL-2.0-or-later
// The data file and the index file of a partition, as something to append to.
#ifndef MHVTL_ADDON_OBJECT_FILES_H
#define MHVTL_ADDON_OBJECT_FILES_H

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <vector>

// What an index record looks like: a template, and where the fields are that differ from object to object.
struct RecordShape {
  std::vector<uint8_t> block;
  std::vector<uint8_t> filemark;
  size_t data_offset, flags, number, size, stored_size, crc;
};

// How an object is stored.
struct Settled {
  uint32_t stored_size, flags, crc;
};

// An object as its record tells of it.
struct ObjectEntry {
  uint32_t number;
  bool filemark;
  uint32_t size;
  uint64_t offset;
  const Settled &outcome;
  // In place of the template, unless it is empty.
  const std::vector<uint8_t> &record;
};

// What the files are to get in one go. The payload lies wherever it does.
struct ObjectBatch {
  size_t count = 0;
  uint32_t first = 0;
  uint64_t offset = 0;
  std::vector<iovec> payload;
  std::vector<uint8_t> records;
};

class ObjectFiles {
 public:
  // A negative `data` keeps no payload.
  ObjectFiles(int data, int index, RecordShape shape);

  void AddRecord(const ObjectEntry &entry, ObjectBatch *batch) const;
  // First the payload, then the records that point at it. Returns 0 or an errno; some of it may be there then.
  int Write(const ObjectBatch &batch) const;

 private:
  const int data_, index_;
  const RecordShape shape_;
};

#endif
