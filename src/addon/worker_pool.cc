// SPDX-License-Identifier: GPL-2.0-or-later
// One queue for all threads: whichever is free takes the oldest job.
#include "worker_pool.h"

#include <pthread.h>
#include <signal.h>

#include <cstring>
#include <utility>

#include "crc32c.h"

void RunBlockJob(BlockJob &job, CodecMemory &memory) {
  if (job.stored) {
    job.outcome =
        Uncompress(job.kind, job.stored, job.stored_size, job.block, job.size, memory) ? 1 : 0;
    job.crc = Crc32c(job.block, job.size);
    return;
  }
  job.crc = Crc32c(job.block, job.size);
  const uint8_t *packed = nullptr;
  const size_t length = Compress(job.kind, job.level, job.block, job.size, memory, &packed);
  if (length > 0) memcpy(job.block, packed, length);
  job.outcome = static_cast<uint32_t>(length > 0 ? length : job.size);
}

WorkerPool::WorkerPool(size_t threads, std::function<void()> ready) : ready_(std::move(ready)) {
  // Signals are Node's business.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  for (size_t i = 0; i < threads; i++) threads_.emplace_back([this] { Run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

WorkerPool::~WorkerPool() { Stop(); }

void WorkerPool::Submit(BlockJob job) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    waiting_.push_back(job);
  }
  wake_.notify_one();
}

std::vector<BlockJob> WorkerPool::TakeFinished() {
  std::lock_guard<std::mutex> lock(mutex_);
  return std::exchange(finished_, {});
}

void WorkerPool::Stop() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
    waiting_.clear();
  }
  wake_.notify_all();
  for (std::thread &thread : threads_) thread.join();
  threads_.clear();
}

void WorkerPool::Run() {
  CodecMemory memory;
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
    if (stop_) return;
    BlockJob job = waiting_.front();
    waiting_.pop_front();
    lock.unlock();
    RunBlockJob(job, memory);
    lock.lock();
    finished_.push_back(job);
    if (finished_.size() == 1 && !stop_) {
      lock.unlock();
      ready_();
      lock.lock();
    }
  }
}
