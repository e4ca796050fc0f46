// SPDX-License-Identifier: GPL-2.0-or-later
// One queue for work on files and one for work on blocks: whichever thread is free takes the oldest job.
#include "worker_pool.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include <utility>

namespace {

// Beside the thread that answers initiators. Where a processor is shared, a drive with much to write would else keep the
// commands of another waiting for a tick of the scheduler: 10 ms instead of 0.3 (User-Mode Linux).
const int kNiceness = 10;

}  // namespace

WorkerPool::WorkerPool(size_t threads, std::function<void()> notify)
    : thread_count_(threads), notify_(std::move(notify)) {
  // Signals are Node's business.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  for (size_t i = 0; i < threads; i++) threads_.emplace_back([this] { Run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

WorkerPool::~WorkerPool() { Stop(); }

void WorkerPool::Put(std::deque<std::shared_ptr<Job>> &queue, std::shared_ptr<Job> job) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    queue.push_back(std::move(job));
    waiting_count_ = blocks_.size();
  }
  wake_.notify_one();
}

void WorkerPool::Submit(std::shared_ptr<Job> job) { Put(blocks_, std::move(job)); }

void WorkerPool::SubmitFile(std::shared_ptr<Job> job) { Put(files_, std::move(job)); }

std::shared_ptr<Job> WorkerPool::TakeFrom(std::deque<std::shared_ptr<Job>> &queue) {
  while (!queue.empty()) {
    std::shared_ptr<Job> job = std::move(queue.front());
    queue.pop_front();
    waiting_count_ = blocks_.size();
    if (job->Claim()) return job;
  }
  return nullptr;
}

bool WorkerPool::Help() {
  std::shared_ptr<Job> job;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    job = TakeFrom(blocks_);
  }
  if (job) job->Run(false);
  return job != nullptr;
}

void WorkerPool::News() {
  if (wanted_.exchange(false)) notify_();
}

void WorkerPool::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
    files_.clear();
    blocks_.clear();
    waiting_count_ = 0;
  }
  wake_.notify_all();
  for (std::thread &thread : threads_) thread.join();
  threads_.clear();
  stopped_ = true;
}

void WorkerPool::Run() {
  // Of this thread alone, on Linux. Where that is not allowed, it works all the same.
  setpriority(PRIO_PROCESS, 0, kNiceness);
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stop_ || !files_.empty() || !blocks_.empty(); });
    if (stop_) return;
    std::shared_ptr<Job> job = TakeFrom(files_);
    if (!job) job = TakeFrom(blocks_);
    if (!job) continue;
    lock.unlock();
    job->Run(true);
    job.reset();
    lock.lock();
  }
}

CodecMemory &MemoryOfThisThread() {
  static thread_local CodecMemory memory;
  return memory;
}
