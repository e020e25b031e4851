using System.Security.Cryptography;
using System.Text;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.DevEngine.Hosts;

/// <summary>Regular files of this machine that stand for NVDIMMs. QEMU maps them as it maps a device.</summary>
internal static class DeviceFiles
{
    /// <summary>
    /// The devices of these files. The name is that of the file, the identity derives from its path, and the alignment is 2 MiB.
    /// </summary>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    public static ValueList<NvdimmDevice> Read(IEnumerable<string> paths) => paths.Select(Path.GetFullPath).Select(Device).ToValueList();

    private static NvdimmDevice Device(string path) => new()
    {
        Name = Path.GetFileName(path),
        Uuid = Identity(path),
        Path = path,
        Mode = NamespaceMode.Fsdax,
        ReportedMode = "fsdax",
        Size = ByteSize.FromBytes(new FileInfo(path).Length),
        Align = Alignment.FromMiB(2),
        NumaNode = 0,
        TargetNode = 0,
    };

    /// <summary>A uuid of version 8 (RFC 9562, section 5.8), derived from the path.</summary>
    private static Guid Identity(string path)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(path));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
