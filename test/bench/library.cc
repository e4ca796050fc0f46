// SPDX-License-Identifier: GPL-2.0-or-later
// What the medium layer is measured against: the compression libraries alone, and plain writing and reading.
//
//   library data FILE BYTES            makes mixed data: text, records, numbers without pattern, zeros; always the same
//   library pack|unpack KIND THREADS FILE BLOCK BYTES
//        lets each of THREADS compress or uncompress its part of BYTES, block by block, again and again from FILE;
//        KIND lzo1x_1: with that function of liblzo2, the one other programs use for cartridges
//   library pwrite|pread - 1 FILE BLOCK BYTES TARGET
//        writes BYTES to TARGET in blocks and syncs it, or reads them
//
// The last two print megabytes of blocks per second.
#include <fcntl.h>
#include <lzo/lzo1x.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "../../src/addon/codec.h"

namespace {

using Bytes = std::vector<uint8_t>;

// xorshift64.
class Numbers {
 public:
  uint64_t Next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    return state_ ^= state_ << 17;
  }

 private:
  uint64_t state_ = 88172645463325252;
};

[[noreturn]] void Fail(const std::string &what) {
  perror(("library: " + what).c_str());
  exit(1);
}

// Words of a vocabulary, the first ones more often.
void AddText(Bytes &into, size_t end, Numbers &numbers) {
  static const std::vector<std::string> words = [] {
    Numbers letters;
    std::vector<std::string> made(4096);
    for (std::string &word : made)
      for (uint64_t left = 2 + letters.Next() % 8; left > 0; left--)
        word += static_cast<char>('a' + letters.Next() % 26);
    return made;
  }();
  while (into.size() < end) {
    const uint64_t number = numbers.Next();
    const std::string &word = words[(number & 0xfff) & (number >> 16)];
    into.insert(into.end(), word.begin(), word.end());
    into.push_back(number % 16 ? ' ' : '\n');
  }
}

// Records of 64 bytes, as a database has them: a counter, a few changing fields, padding.
void AddRecords(Bytes &into, size_t end, Numbers &numbers) {
  for (uint64_t counter = numbers.Next() & 0xffffff; into.size() < end; counter++) {
    uint64_t fields[8] = {counter, counter * 3600, numbers.Next() & 0xffff, numbers.Next() & 0xff};
    const uint8_t *bytes = reinterpret_cast<const uint8_t *>(fields);
    into.insert(into.end(), bytes, bytes + sizeof(fields));
  }
}

void AddNoise(Bytes &into, size_t end, Numbers &numbers) {
  while (into.size() < end) {
    const uint64_t word = numbers.Next();
    const uint8_t *bytes = reinterpret_cast<const uint8_t *>(&word);
    into.insert(into.end(), bytes, bytes + sizeof(word));
  }
}

// Pieces of 4 to 64 KiB: of ten, four are text, two records, three noise, one zeros.
Bytes MixedData(size_t size) {
  Numbers numbers;
  Bytes data;
  data.reserve(size + (1 << 17));
  while (data.size() < size) {
    const size_t end = data.size() + 4096 * (1 + numbers.Next() % 16);
    const uint64_t kind = numbers.Next() % 10;
    if (kind < 4) AddText(data, end, numbers);
    else if (kind < 6) AddRecords(data, end, numbers);
    else if (kind < 9) AddNoise(data, end, numbers);
    else data.resize(end);
  }
  data.resize(size);
  return data;
}

Bytes ReadFile(const char *path) {
  const int file = open(path, O_RDONLY);
  if (file < 0) Fail(path);
  Bytes bytes(lseek(file, 0, SEEK_END));
  if (pread(file, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) Fail(path);
  close(file);
  return bytes;
}

CodecKind KindNamed(const std::string &name) {
  if (name == "lzo" || name == "lzo1x_1") return CodecKind::kLzo;
  if (name == "zlib") return CodecKind::kZlib;
  if (name == "lz4") return CodecKind::kLz4;
  if (name == "zstd") return CodecKind::kZstd;
  errno = EINVAL;
  Fail("compression " + name);
}

struct Work {
  CodecKind kind;
  bool lzo1x_1;
  bool pack;
  const Bytes &data;
  size_t block;
  size_t count;
};

// Compresses a block into `into`, with the library's own working memory.
size_t Pack(const Work &work, const uint8_t *from, uint8_t *into, CodecMemory &memory) {
  if (!work.lzo1x_1) return Compress(work.kind, 1, from, work.block, into, memory);
  static thread_local Bytes working(LZO1X_1_MEM_COMPRESS);
  lzo_uint length = 0;
  lzo1x_1_compress(from, work.block, into, &length, working.data());
  return length < work.block ? length : 0;
}

// What a thread does: `count` blocks.
double Seconds(const Work &work) {
  CodecMemory memory;
  const size_t blocks = work.data.size() / work.block;
  std::vector<Bytes> stored(blocks);
  Bytes packed(CompressRoom(work.block));
  for (size_t i = 0; i < blocks; i++) {
    const uint8_t *from = &work.data[i * work.block];
    const size_t length = Pack(work, from, packed.data(), memory);
    if (length > 0) stored[i].assign(packed.begin(), packed.begin() + length);
    else stored[i].assign(from, from + work.block);
  }
  Bytes block(work.block);
  const auto start = std::chrono::steady_clock::now();
  for (size_t i = 0; i < work.count; i++) {
    const Bytes &from = stored[i % blocks];
    if (work.pack) Pack(work, &work.data[i % blocks * work.block], packed.data(), memory);
    else if (from.size() == work.block)
      memcpy(block.data(), from.data(), from.size());
    else if (!Uncompress(work.kind, from.data(), from.size(), block.data(), work.block, memory))
      Fail("a block");
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double OnThreads(const Work &work, size_t threads) {
  std::vector<double> seconds(threads);
  std::vector<std::thread> running;
  for (double &one : seconds) running.emplace_back([&one, &work] { one = Seconds(work); });
  double rate = 0;
  for (std::thread &thread : running) thread.join();
  for (double one : seconds) rate += work.block / 1e6 * work.count / one;
  return rate;
}

double Plain(bool writes, const Bytes &data, size_t block, size_t count, const char *target) {
  const int file = open(target, writes ? O_RDWR | O_CREAT | O_TRUNC : O_RDONLY, 0600);
  if (file < 0) Fail(target);
  Bytes room(block, 1);
  const size_t blocks = data.size() / block;
  const auto start = std::chrono::steady_clock::now();
  for (size_t i = 0; i < count; i++) {
    const ssize_t moved = writes ? pwrite(file, &data[i % blocks * block], block, i * block)
                                 : pread(file, room.data(), block, i * block);
    if (moved != static_cast<ssize_t>(block)) Fail(target);
  }
  if (writes && fdatasync(file) < 0) Fail(target);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  close(file);
  return block / 1e6 * count / took.count();
}

int MakeData(const char *path, size_t size) {
  const Bytes data = MixedData(size);
  const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0 || write(file, data.data(), size) != static_cast<ssize_t>(size)) Fail(path);
  return close(file);
}

}  // namespace

int main(int argc, char **argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "data" && argc == 4) return MakeData(argv[2], strtoull(argv[3], nullptr, 10));
  if (argc < 7) {
    fprintf(stderr, "usage: see the head of library.cc\n");
    return 2;
  }
  const size_t threads = strtoull(argv[3], nullptr, 10), block = strtoull(argv[5], nullptr, 10);
  const size_t count = strtoull(argv[6], nullptr, 10) / block;
  const Bytes data = ReadFile(argv[4]);
  double rate;
  if (what == "pwrite" || what == "pread")
    rate = Plain(what == "pwrite", data, block, count, argv[7]);
  else
    rate = OnThreads({KindNamed(argv[2]), argv[2] == std::string("lzo1x_1"), what == "pack", data, block,
                      count / threads},
                     threads);
  printf("%.1f\n", rate);
  return 0;
}
