// SPDX-License-Identifier: GPL-2.0-or-later
// An object that was accepted and is not in the files yet, and what becomes of its bytes meanwhile.
#ifndef MHVTL_ADDON_QUEUED_OBJECT_H
#define MHVTL_ADDON_QUEUED_OBJECT_H

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "buffer_pool.h"
#include "codec.h"
#include "object_files.h"

// How a block is to be packed.
struct Packing {
  CodecKind kind;
  int level;
  // Of the record: when compression made the block shorter, and when not.
  uint32_t packed_flags;
  uint32_t plain_flags;

  // `length`: what Compress returned.
  Settled Outcome(size_t size, size_t length, uint32_t crc) const {
    if (length == 0) return {static_cast<uint32_t>(size), plain_flags, crc};
    return {static_cast<uint32_t>(length), packed_flags, crc};
  }
};

struct QueuedObject {
  uint32_t number = 0;
  bool filemark = false;
  bool packed = false;
  bool dropped = false;
  // In the ring: where, and how much is held.
  size_t at = 0, room = 0;
  uint32_t size = 0;
  Packing packing = {};
  Settled outcome = {};
  // Where the payload is when it is not in the ring.
  BufferPool::Buffer aside;
  // In place of the template.
  std::vector<uint8_t> record;

  // Packs a block that lies elsewhere into `ring_room`, its place in the ring, which has all the room it may need.
  void PackInto(uint8_t *ring_room, const uint8_t *block);
  // Packs a block that lies in the ring into a buffer.
  void PackAside(const uint8_t *block, BufferPool &buffers);
};

// The oldest first.
using ObjectQueue = std::deque<std::shared_ptr<QueuedObject>>;

#endif
