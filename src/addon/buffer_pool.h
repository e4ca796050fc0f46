// SPDX-License-Identifier: GPL-2.0-or-later
// Memory for blocks that is used again and again: what was given back last is still in the processor's cache.
#ifndef MHVTL_ADDON_BUFFER_POOL_H
#define MHVTL_ADDON_BUFFER_POOL_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

class BufferPool {
 public:
  class Buffer {
   public:
    Buffer() = default;
    uint8_t *data() const { return bytes_.get(); }

   private:
    friend class BufferPool;
    std::unique_ptr<uint8_t[]> bytes_;
    size_t size_ = 0;
  };

  // At least `size` bytes, with anything in them.
  Buffer Take(size_t size);
  void Give(Buffer buffer);

 private:
  std::mutex mutex_;
  std::vector<Buffer> spare_;
  size_t spare_bytes_ = 0;
};

#endif
