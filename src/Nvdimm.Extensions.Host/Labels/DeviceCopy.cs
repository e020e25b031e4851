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

    /// <summary>Copies a whole file onto a device, and reads back what was written.</summary>
    /// <exception cref="IOException">It cannot be written, or other bytes are read back.</exception>
    public static void Write(IDeviceContent file, IDeviceContent device, long offset)
    {
        var buffer = new byte[LabelReader.PieceSize];
        for (var at = 0L; at < file.Length; at += buffer.Length)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, file.Length - at));
            file.Read(at, piece);
            device.Write(offset + at, piece);
        }

        if (!All(file, device, offset, (own, there) => own.SequenceEqual(there)))
        {
            throw new IOException("other bytes were read back than written");
        }
    }

    /// <summary>Whether every piece of a file and of the device, from an offset on, fulfils a condition.</summary>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public static bool All(IDeviceContent file, IDeviceContent device, long offset, PieceCondition condition)
    {
        var (own, there) = (new byte[LabelReader.PieceSize], new byte[LabelReader.PieceSize]);
        for (var at = 0L; at < file.Length; at += own.Length)
        {
            var length = (int)Math.Min(own.Length, file.Length - at);
            file.Read(at, own.AsSpan(0, length));
            device.Read(offset + at, there.AsSpan(0, length));
            if (!condition(own.AsSpan(0, length), there.AsSpan(0, length)))
            {
                return false;
            }
        }

        return true;
    }
}
