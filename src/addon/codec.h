// SPDX-License-Identifier: GPL-2.0-or-later
// Compressing and uncompressing one block, whole, with the libraries of the system.
#ifndef MHVTL_ADDON_CODEC_H
#define MHVTL_ADDON_CODEC_H

#include <cstddef>
#include <cstdint>
#include <memory>

// The numbers JavaScript uses, see src/addon/addon.ts.
enum class CodecKind : uint32_t { kPlain = 0, kLzo = 1, kZlib = 2, kLz4 = 3, kZstd = 4 };

// What a library needs to work in. Belongs to one thread; made when first needed.
class CodecMemory {
 public:
  CodecMemory();
  ~CodecMemory();
  CodecMemory(const CodecMemory &) = delete;
  CodecMemory &operator=(const CodecMemory &) = delete;

  struct Libraries;
  Libraries &libraries();

 private:
  std::unique_ptr<Libraries> libraries_;
};

// What Compress may write into when it fails to make the bytes fewer: in the worst case lzo writes this much (lzo.txt).
constexpr size_t CompressRoom(size_t size) { return size + size / 16 + 64 + 3; }

// Compresses `size` bytes at `from` into `into`, which has CompressRoom. Returns the length of the result, or 0 when it
// would not be shorter than the bytes themselves.
size_t Compress(CodecKind kind, int level, const uint8_t *from, size_t size, uint8_t *into,
                CodecMemory &memory);

// Uncompresses `stored` bytes at `from` into `size` bytes at `into`. Returns whether they were a whole stream of
// exactly that many bytes.
bool Uncompress(CodecKind kind, const uint8_t *from, size_t stored, uint8_t *into, size_t size,
                CodecMemory &memory);

#endif
