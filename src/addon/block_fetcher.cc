// SPDX-License-Identifier: GPL-2.0-or-later
// One object for each stretch of a file that is read ahead.
#include "block_fetcher.h"

#include <vector>

#include "block_fetch.h"
#include "block_workers.h"

namespace {

// Numbers a block has in the table JavaScript gives: kind, stored size, size.
const size_t kBlockNumbers = 3;

class BlockFetcher : public Napi::ObjectWrap<BlockFetcher> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "BlockFetcher",
                       {InstanceMethod<&BlockFetcher::Take>("take"),
                        InstanceMethod<&BlockFetcher::Abandon>("abandon")});
  }

  // new BlockFetcher(workers, file: number, offset: number, blocks: Uint32Array)
  explicit BlockFetcher(const Napi::CallbackInfo &info) : Napi::ObjectWrap<BlockFetcher>(info) {
    Napi::Env env = info.Env();
    if (info.Length() < 4 || !info[3].IsTypedArray()) {
      Napi::TypeError::New(env, "BlockFetcher(workers, file, offset, blocks)")
          .ThrowAsJavaScriptException();
      return;
    }
    const Napi::Uint32Array table = info[3].As<Napi::Uint32Array>();
    std::vector<BlockFetch::Block> blocks;
    for (size_t at = 0; at + kBlockNumbers <= table.ElementLength(); at += kBlockNumbers)
      blocks.push_back({static_cast<CodecKind>(table[at]), table[at + 1], table[at + 2]});
    const int64_t offset = info[2].As<Napi::Number>().Int64Value();
    fetch_ = std::make_shared<BlockFetch>(PoolOf(info[0]), info[1].ToNumber().Int32Value(),
                                          static_cast<uint64_t>(offset), blocks);
    fetch_->Start();
  }

  ~BlockFetcher() override {
    if (fetch_) fetch_->Abandon();
  }

 private:
  // take(block: number, into: Uint8Array, results: Uint32Array): number
  Napi::Value Take(const Napi::CallbackInfo &info) {
    Napi::Uint8Array into = info[1].As<Napi::Uint8Array>();
    Napi::Uint32Array results = info[2].As<Napi::Uint32Array>();
    Unpacked outcome = {};
    // Given up while somebody waited for it: the block is read alone.
    const BlockFetch::Answer answer =
        fetch_ ? fetch_->Take(info[0].As<Napi::Number>().Uint32Value(), into.Data(), &outcome)
               : BlockFetch::Answer::kFailed;
    results[0] = outcome.good;
    results[1] = outcome.crc;
    return Napi::Number::New(info.Env(), static_cast<int>(answer));
  }

  // abandon()
  Napi::Value Abandon(const Napi::CallbackInfo &info) {
    if (fetch_) fetch_->Abandon();
    // Its memory need not wait for the collector.
    fetch_.reset();
    return info.Env().Undefined();
  }

  std::shared_ptr<BlockFetch> fetch_;
};

}  // namespace

Napi::Function DefineBlockFetcher(Napi::Env env) { return BlockFetcher::Define(env); }
