using Microsoft.Win32.SafeHandles;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>Copies bytes between a device and files, in pieces of <see cref="LabelReader.PieceSize"/>.</summary>
internal static class DeviceCopy
{
    /// <summary>Copies a range of a device into a file.</summary>
    /// <exception cref="IOException">The device cannot be read, or the file cannot be written.</exception>
    public static void Save(IDeviceContent device, long offset, long size, SafeFileHandle file)
    {
        var buffer = new byte[LabelReader.PieceSize];
        for (var at = 0L; at < size; at += buffer.Length)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, size - at));
            device.Read(offset + at, piece);
            RandomAccess.Write(file, piece, at);
        }
    }

    /// <summary>Copies a whole file to a device, then reads it back and compares.</summary>
    /// <exception cref="IOException">The device cannot be written, or other bytes were read back.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses the write.</exception>
    public static void Write(IDeviceContent file, IDeviceContent device, long offset)
    {
        var buffer = new byte[LabelReader.PieceSize];
        for (var at = 0L; at < file.Length; at += buffer.Length)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, file.Length - at));
            file.Read(at, piece);
            device.Write(offset + at, piece);
        }

        if (!All(file, device, offset, (fromFile, fromDevice) => fromFile.SequenceEqual(fromDevice)))
        {
            throw new IOException("other bytes were read back than written");
        }
    }

    /// <summary>Whether a condition holds for every piece of a file and the corresponding piece of the device from an offset on.</summary>
    /// <exception cref="IOException">The file or the device cannot be read.</exception>
    public static bool All(IDeviceContent file, IDeviceContent device, long offset, PieceCondition condition)
    {
        var (fromFile, fromDevice) = (new byte[LabelReader.PieceSize], new byte[LabelReader.PieceSize]);
        for (var at = 0L; at < file.Length; at += fromFile.Length)
        {
            var length = (int)Math.Min(fromFile.Length, file.Length - at);
            file.Read(at, fromFile.AsSpan(0, length));
            device.Read(offset + at, fromDevice.AsSpan(0, length));
            if (!condition(fromFile.AsSpan(0, length), fromDevice.AsSpan(0, length)))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A condition on two pieces of the same length.</summary>
internal delegate bool PieceCondition(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other);
