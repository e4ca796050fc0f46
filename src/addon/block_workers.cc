// SPDX-License-Identifier: GPL-2.0-or-later
// News from the threads comes through one thread-safe function, and only when somebody wants to know.
#include "block_workers.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "codec.h"
#include "crc32c.h"
#include "error.h"

namespace {

class BlockWorkers : public Napi::ObjectWrap<BlockWorkers> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "BlockWorkers",
                       {InstanceMethod<&BlockWorkers::Want>("want"),
                        InstanceMethod<&BlockWorkers::Wait>("wait"),
                        InstanceMethod<&BlockWorkers::Help>("help")});
  }

  // new BlockWorkers(threads: number, news: () => void)
  explicit BlockWorkers(const Napi::CallbackInfo &info) : Napi::ObjectWrap<BlockWorkers>(info) {
    Napi::Env env = info.Env();
    if (info.Length() < 2 || !info[0].IsNumber() || !info[1].IsFunction()) {
      Napi::TypeError::New(env, "BlockWorkers(threads, news)").ThrowAsJavaScriptException();
      return;
    }
    news_ = Napi::ThreadSafeFunction::New(env, info[1].As<Napi::Function>(), "mhvtl.BlockWorkers",
                                          0, 1);
    news_.Unref(env);
    const uint32_t threads = std::clamp(info[0].As<Napi::Number>().Uint32Value(), 1u, 64u);
    pool_ = std::make_shared<WorkerPool>(threads, [this] { news_.NonBlockingCall(this, Deliver); });
    // Before any memory the threads may work on is unmapped.
    napi_add_env_cleanup_hook(env, StopPool, this);
  }

  ~BlockWorkers() override {
    napi_remove_env_cleanup_hook(Env(), StopPool, this);
    if (pool_) StopPool(this);
  }

  std::shared_ptr<WorkerPool> pool() const { return pool_; }

 private:
  static void StopPool(void *self) {
    BlockWorkers *workers = static_cast<BlockWorkers *>(self);
    workers->pool_->Stop();
    if (!workers->stopped_) workers->news_.Abort();
    workers->stopped_ = true;
  }

  static void Deliver(Napi::Env env, Napi::Function news, BlockWorkers *self) {
    // Nobody waits any more: it need not keep the process alive.
    self->news_.Unref(env);
    news.Call({});
    RaiseUncaught(env);
  }

  // want(): the next news is told
  void Want(const Napi::CallbackInfo &) { pool_->Want(); }

  // wait(): the process lives until it is
  void Wait(const Napi::CallbackInfo &info) { news_.Ref(info.Env()); }

  // help(): boolean
  Napi::Value Help(const Napi::CallbackInfo &info) {
    return Napi::Boolean::New(info.Env(), pool_->Help());
  }

  std::shared_ptr<WorkerPool> pool_;
  Napi::ThreadSafeFunction news_;
  bool stopped_ = false;
};

}  // namespace

Napi::Function DefineBlockWorkers(Napi::Env env) { return BlockWorkers::Define(env); }

std::shared_ptr<WorkerPool> PoolOf(const Napi::Value &workers) {
  return BlockWorkers::Unwrap(workers.As<Napi::Object>())->pool();
}

CodecKind KindOf(const Napi::Value &value) {
  return static_cast<CodecKind>(value.As<Napi::Number>().Uint32Value());
}

void PackBlockFromScript(const Napi::CallbackInfo &info) {
  Napi::Uint8Array block = info[0].As<Napi::Uint8Array>();
  Napi::Uint8Array into = info[1].As<Napi::Uint8Array>();
  Napi::Uint32Array results = info[4].As<Napi::Uint32Array>();
  const size_t size = std::min(block.ByteLength(), into.ByteLength());
  std::vector<uint8_t> packed(CompressRoom(size));
  const size_t length = Compress(KindOf(info[2]), info[3].As<Napi::Number>().Int32Value(),
                                 block.Data(), size, packed.data(), MemoryOfThisThread());
  results[1] = Crc32c(block.Data(), size);
  results[0] = static_cast<uint32_t>(length > 0 ? length : size);
  memcpy(into.Data(), length > 0 ? packed.data() : block.Data(), results[0]);
}

void UnpackBlockFromScript(const Napi::CallbackInfo &info) {
  Napi::Uint8Array stored = info[0].As<Napi::Uint8Array>();
  Napi::Uint8Array into = info[1].As<Napi::Uint8Array>();
  Napi::Uint32Array results = info[3].As<Napi::Uint32Array>();
  results[0] = Uncompress(KindOf(info[2]), stored.Data(), stored.ByteLength(), into.Data(),
                          into.ByteLength(), MemoryOfThisThread());
  results[1] = Crc32c(into.Data(), into.ByteLength());
}

Napi::Value Crc32cFromScript(const Napi::CallbackInfo &info) {
  Napi::Uint8Array bytes = info[0].As<Napi::Uint8Array>();
  return Napi::Number::New(
      info.Env(),
      Crc32c(bytes.Data(), bytes.ByteLength(), info[1].As<Napi::Number>().Uint32Value()));
}
