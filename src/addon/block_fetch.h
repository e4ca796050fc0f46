// SPDX-License-Identifier: GPL-2.0-or-later
// Blocks that lie side by side in a file, read in one go and uncompressed before they are asked for.
#ifndef MHVTL_ADDON_BLOCK_FETCH_H
#define MHVTL_ADDON_BLOCK_FETCH_H

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "worker_pool.h"

struct Unpacked {
  bool good;
  uint32_t crc;
};

class BlockFetch : public std::enable_shared_from_this<BlockFetch> {
 public:
  struct Block {
    CodecKind kind;
    uint32_t stored_size, size;
  };
  enum class Answer { kDone, kNotYet, kFailed };

  // The blocks begin at `offset`, one right after the other.
  BlockFetch(std::shared_ptr<WorkerPool> pool, int file, uint64_t offset,
             const std::vector<Block> &blocks);
  ~BlockFetch();

  void Start();
  // Puts the block into `into`, which has room for it. kNotYet: they are being read. kFailed: they cannot be.
  Answer Take(size_t block, uint8_t *into, Unpacked *outcome);
  // Nobody wants them any more.
  void Abandon() { abandoned_ = true; }

 private:
  class ReadJob;
  class UnpackJob;
  struct Place;

  void Read();
  void Unpack(Place &place, uint8_t *into) const;
  bool TakeReady(Place &place, uint8_t *into, Unpacked *outcome);

  const std::shared_ptr<WorkerPool> pool_;
  const int file_;
  const uint64_t offset_;
  std::atomic<bool> abandoned_{false};
  std::atomic<bool> read_{false};
  std::atomic<bool> failed_{false};
  size_t stored_size_ = 0;
  BufferPool::Buffer stored_;
  std::vector<Place> places_;
  std::mutex mutex_;
  std::condition_variable done_;
};

#endif
