// SPDX-License-Identifier: GPL-2.0-or-later
// A few threads that work on blocks and files; they sleep while there is nothing to do. A thread that would wait for
// them can work on blocks, too.
#ifndef MHVTL_ADDON_WORKER_POOL_H
#define MHVTL_ADDON_WORKER_POOL_H

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "buffer_pool.h"
#include "codec.h"

// Smaller blocks are packed and uncompressed at once: handing them to a thread would take longer.
constexpr size_t kWorthAThread = 8 << 10;

// Something to be done once, by whoever claims it first.
class Job {
 public:
  Job() = default;
  Job(const Job &) = delete;
  Job &operator=(const Job &) = delete;
  virtual ~Job() = default;

  // `on_worker`: on a thread of the pool, which may wait for a disk.
  virtual void Run(bool on_worker) = 0;
  bool Claim() { return !claimed_.exchange(true); }

 private:
  std::atomic<bool> claimed_{false};
};

class WorkerPool {
 public:
  // `notify` is called from a worker when there is news and somebody wants to know, see Want.
  WorkerPool(size_t threads, std::function<void()> notify);
  ~WorkerPool();
  WorkerPool(const WorkerPool &) = delete;
  WorkerPool &operator=(const WorkerPool &) = delete;

  size_t threads() const { return thread_count_; }
  // For blocks on their way from one thread to another.
  BufferPool &buffers() { return buffers_; }

  // Work on a block, which needs the processor and nothing else.
  void Submit(std::shared_ptr<Job> job);
  // Work on a file, which may take its time; goes before the work on blocks, since that waits for it.
  void SubmitFile(std::shared_ptr<Job> job);
  // Jobs on blocks that nobody has begun; some of them may be claimed.
  size_t waiting() const { return waiting_count_; }
  // Does one of them now, on this thread; false when there is none.
  bool Help();

  // The next News is told to `notify`.
  void Want() { wanted_ = true; }
  void News();

  // Ends the threads after the jobs they are at; the rest is dropped.
  void Stop();
  // No job is begun any more, and none is under way.
  bool stopped() const { return stopped_; }

 private:
  void Put(std::deque<std::shared_ptr<Job>> &queue, std::shared_ptr<Job> job);
  // The next job, claimed; null when there is none.
  std::shared_ptr<Job> TakeFrom(std::deque<std::shared_ptr<Job>> &queue);
  void Run();

  const size_t thread_count_;
  std::function<void()> notify_;
  BufferPool buffers_;
  std::atomic<bool> wanted_{false};
  std::atomic<bool> stopped_{false};
  std::atomic<size_t> waiting_count_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<Job>> files_;
  std::deque<std::shared_ptr<Job>> blocks_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

// The memory of the thread that calls.
CodecMemory &MemoryOfThisThread();

#endif
