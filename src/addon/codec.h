// SPDX-License-Identifier: GPL-2.0-or-later
// Compressing and uncompressing one block, whole, with the libraries of the system.
#ifndef MHVTL_ADDON_CODEC_H
#define MHVTL_ADDON_CODEC_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

// The numbers JavaScript uses, see src/addon/addon.ts.
enum class CodecKind : uint32_t { kPlain = 0, kLzo = 1, kZlib = 2, kLz4 = 3, kZstd = 4 };

// What a library needs to work in. Belongs to one thread; made when first needed.
class CodecMemory {
 public:
  CodecMemory();
  ~CodecMemory();
  CodecMemory(const CodecMemory &) = delete;
  CodecMemory &operator=(const CodecMemory &) = delete;

  // `size` bytes, good until the next call.
  uint8_t *Output(size_t size);

  struct Libraries;
  Libraries &libraries();

 private:
  std::vector<uint8_t> output_;
  std::unique_ptr<Libraries> libraries_;
};

// Compresses `size` bytes at `from`. Returns the length of the result, which is at *result until the memory is used
// again, or 0 when it would not be shorter than the bytes themselves.
size_t Compress(CodecKind kind, int level, const uint8_t *from, size_t size, CodecMemory &memory,
                const uint8_t **result);

// Uncompresses `stored` bytes at `from` into `size` bytes at `into`. Returns whether they were a whole stream of
// exactly that many bytes.
bool Uncompress(CodecKind kind, const uint8_t *from, size_t stored, uint8_t *into, size_t size,
                CodecMemory &memory);

#endif
