// SPDX-License-Identifier: GPL-2.0-or-later
// A few threads that work on blocks; they sleep while there is nothing to do.
#ifndef MHVTL_ADDON_WORKER_POOL_H
#define MHVTL_ADDON_WORKER_POOL_H

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "codec.h"

// What is to be done with a block, and what came of it. The bytes belong to whoever asked.
struct BlockJob {
  uint32_t ticket;
  CodecKind kind;
  int level;
  // Packing: the block, replaced in place by what is to be stored. Unpacking: where the block goes.
  uint8_t *block;
  uint32_t size;
  // Unpacking only: what was stored; null when packing.
  const uint8_t *stored;
  uint32_t stored_size;

  // Results: bytes stored (packing), or whether it was a good stream (unpacking: 1 or 0); CRC-32C of the block.
  uint32_t outcome = 0;
  uint32_t crc = 0;
};

void RunBlockJob(BlockJob &job, CodecMemory &memory);

class WorkerPool {
 public:
  // `ready` is called from a worker when there are finished jobs and there were none before.
  WorkerPool(size_t threads, std::function<void()> ready);
  ~WorkerPool();

  void Submit(BlockJob job);
  std::vector<BlockJob> TakeFinished();
  // Ends the threads after the jobs they are at; the rest is dropped.
  void Stop();

 private:
  void Run();

  std::function<void()> ready_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<BlockJob> waiting_;
  std::vector<BlockJob> finished_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

#endif
