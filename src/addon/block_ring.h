// SPDX-License-Identifier: GPL-2.0-or-later
// The memory of blocks on their way: a ring, filled at one end and emptied at the other.
#ifndef MHVTL_ADDON_BLOCK_RING_H
#define MHVTL_ADDON_BLOCK_RING_H

#include "queued_object.h"

class BlockRing {
 public:
  // The memory is the caller's; so many threads work on what is in it.
  BlockRing(uint8_t *bytes, size_t size, size_t threads)
      : bytes_(bytes), size_(size), threads_(threads) {}

  uint8_t *At(size_t at) const { return bytes_ + at; }
  // Where `length` bytes for the next object can be, behind those of `queue`; false when there is no room now.
  bool Place(const ObjectQueue &queue, size_t length, size_t *at) const;

 private:
  uint8_t *const bytes_;
  const size_t size_;
  const size_t threads_;
};

#endif
