// SPDX-License-Identifier: GPL-2.0-or-later
// The libraries behind the kinds of compression. Streams are what other programs of the format read and write.
#include "codec.h"

#include <lz4.h>
#include <lzo/lzo1x.h>
#include <zlib.h>
#include <zstd.h>
#ifdef MHVTL_ISAL
#include <isa-l/igzip_lib.h>
#endif

#include <algorithm>
#include <vector>

struct CodecMemory::Libraries {
  std::vector<uint8_t> lzo = std::vector<uint8_t>(LZO1X_1_15_MEM_COMPRESS);
  ZSTD_CCtx *compressor = ZSTD_createCCtx();
  ZSTD_DCtx *uncompressor = ZSTD_createDCtx();
#ifdef MHVTL_ISAL
  isal_zstream deflater;
  inflate_state inflater;
  std::vector<uint8_t> levels = std::vector<uint8_t>(
      std::max({ISAL_DEF_LVL1_DEFAULT, ISAL_DEF_LVL2_DEFAULT, ISAL_DEF_LVL3_DEFAULT}));
#endif

  ~Libraries() {
    ZSTD_freeCCtx(compressor);
    ZSTD_freeDCtx(uncompressor);
  }
};

CodecMemory::CodecMemory() = default;
CodecMemory::~CodecMemory() = default;

CodecMemory::Libraries &CodecMemory::libraries() {
  if (!libraries_) libraries_ = std::make_unique<Libraries>();
  return *libraries_;
}

namespace {

// Each returns the length of what it wrote into `into`, which has `room`, or 0 when that is not enough.

// Of the functions of liblzo2 that write this stream, the one that is fastest for what it makes longer: up to 8 % faster
// than lzo1x_1, for results less than 1 % longer (docs/performance-medium.md).
size_t CompressLzo(const uint8_t *from, size_t size, uint8_t *into, CodecMemory &memory) {
  lzo_uint length = 0;
  const int error = lzo1x_1_15_compress(from, size, into, &length, memory.libraries().lzo.data());
  return error == LZO_E_OK ? length : 0;
}

#ifdef MHVTL_ISAL
size_t CompressZlib(int level, const uint8_t *from, size_t size, uint8_t *into, size_t room,
                    CodecMemory &memory) {
  CodecMemory::Libraries &libraries = memory.libraries();
  isal_zstream &stream = libraries.deflater;
  isal_deflate_stateless_init(&stream);
  stream.level = std::clamp((level + 2) / 3, 1, 3);
  stream.level_buf = libraries.levels.data();
  stream.level_buf_size = static_cast<uint32_t>(libraries.levels.size());
  stream.gzip_flag = IGZIP_ZLIB;
  stream.end_of_stream = 1;
  stream.flush = NO_FLUSH;
  stream.next_in = const_cast<uint8_t *>(from);
  stream.avail_in = static_cast<uint32_t>(size);
  stream.next_out = into;
  stream.avail_out = static_cast<uint32_t>(room);
  return isal_deflate_stateless(&stream) == COMP_OK ? stream.total_out : 0;
}

bool UncompressZlib(const uint8_t *from, size_t stored, uint8_t *into, size_t size,
                    CodecMemory &memory) {
  inflate_state &state = memory.libraries().inflater;
  isal_inflate_init(&state);
  state.crc_flag = ISAL_ZLIB;
  state.next_in = const_cast<uint8_t *>(from);
  state.avail_in = static_cast<uint32_t>(stored);
  state.next_out = into;
  state.avail_out = static_cast<uint32_t>(size);
  return isal_inflate_stateless(&state) == ISAL_DECOMP_OK && state.total_out == size;
}
#else
size_t CompressZlib(int level, const uint8_t *from, size_t size, uint8_t *into, size_t room,
                    CodecMemory &) {
  uLongf length = room;
  return compress2(into, &length, from, size, level) == Z_OK ? length : 0;
}

bool UncompressZlib(const uint8_t *from, size_t stored, uint8_t *into, size_t size, CodecMemory &) {
  uLongf length = size;
  return uncompress(into, &length, from, stored) == Z_OK && length == size;
}
#endif

size_t CompressLz4(const uint8_t *from, size_t size, uint8_t *into, size_t room) {
  return LZ4_compress_default(reinterpret_cast<const char *>(from), reinterpret_cast<char *>(into),
                              static_cast<int>(size), static_cast<int>(room));
}

size_t CompressZstd(int level, const uint8_t *from, size_t size, uint8_t *into, size_t room,
                    CodecMemory &memory) {
  const size_t length =
      ZSTD_compressCCtx(memory.libraries().compressor, into, room, from, size, level);
  return ZSTD_isError(length) ? 0 : length;
}

}  // namespace

size_t Compress(CodecKind kind, int level, const uint8_t *from, size_t size, uint8_t *into,
                CodecMemory &memory) {
  if (kind == CodecKind::kPlain || size < 2) return 0;
  const size_t room = size - 1;
  size_t length = 0;
  switch (kind) {
    case CodecKind::kLzo:
      length = CompressLzo(from, size, into, memory);
      break;
    case CodecKind::kZlib:
      length = CompressZlib(level, from, size, into, room, memory);
      break;
    case CodecKind::kLz4:
      length = CompressLz4(from, size, into, room);
      break;
    case CodecKind::kZstd:
      length = CompressZstd(level, from, size, into, room, memory);
      break;
    case CodecKind::kPlain:
      break;
  }
  return length <= room ? length : 0;
}

bool Uncompress(CodecKind kind, const uint8_t *from, size_t stored, uint8_t *into, size_t size,
                CodecMemory &memory) {
  switch (kind) {
    case CodecKind::kLzo: {
      lzo_uint length = size;
      return lzo1x_decompress_safe(from, stored, into, &length, nullptr) == LZO_E_OK &&
             length == size;
    }
    case CodecKind::kZlib:
      return UncompressZlib(from, stored, into, size, memory);
    case CodecKind::kLz4: {
      const int length = LZ4_decompress_safe(reinterpret_cast<const char *>(from),
                                             reinterpret_cast<char *>(into),
                                             static_cast<int>(stored), static_cast<int>(size));
      return length >= 0 && static_cast<size_t>(length) == size;
    }
    case CodecKind::kZstd:
      return ZSTD_decompressDCtx(memory.libraries().uncompressor, into, size, from, stored) == size;
    case CodecKind::kPlain:
      break;
  }
  return false;
}
