using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Hook.Tests;

/// <summary>What the native program is linked with: nothing. EL8 has glibc 2.28, and Debian 11 has 2.31.</summary>
public sealed class NativeProgramTests
{
    // elf(5): e_phoff at 32, e_phentsize at 54, e_phnum at 56; p_type at 0 of each program header.
    private const uint Dynamic = 2;
    private const uint Interpreter = 3;
    private const uint Load = 1;

    [Test]
    public void Program_NeedsNoLibrary_AndSoNoVersionOfGlibc()
    {
        var program = File.ReadAllBytes(NativeHook.Require()).AsSpan();
        var types = new List<uint>();
        var (start, size) = ((int)BinaryPrimitives.ReadUInt64LittleEndian(program[32..]), BinaryPrimitives.ReadUInt16LittleEndian(program[54..]));
        for (var number = 0; number < BinaryPrimitives.ReadUInt16LittleEndian(program[56..]); number++)
        {
            types.Add(BinaryPrimitives.ReadUInt32LittleEndian(program[(start + (number * size))..]));
        }

        Assert.That(types, Does.Contain(Load).And.Not.Contain(Dynamic).And.Not.Contain(Interpreter));
    }

    /// <summary>.NET's hashes load OpenSSL, which a static program cannot: the first one would fail.</summary>
    [Test]
    public void Program_HasNoOpenSsl() => Assert.That(File.ReadAllBytes(NativeHook.Require()).AsSpan().IndexOf("libssl"u8), Is.Negative);

    /// <summary>glibc's code for users and host names would load libraries of the host: src/Nvdimm.Hook/absent.c.</summary>
    [Test]
    public void Program_HasNothingOfNss() => Assert.That(File.ReadAllBytes(NativeHook.Require()).AsSpan().IndexOf("nsswitch"u8), Is.Negative);

    /// <summary>A VM without NVDIMMs starts, one with them is refused with what is missing: nothing is there but the program, the domain and /proc.</summary>
    [TestCase("ovirt-x86.xml", 0, "")]
    [TestCase("ovirt-x86.one.expected.xml", ExitStatus.Refused, "[NVDIMM_STATE_FOLDER_MISSING]")]
    public void Program_RunsInAnEmptyRoot(string domain, int expected, string code)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            RealProgram.Unavailable("Only root changes its root folder.");
        }

        using var folder = new TemporaryFolder();
        var program = folder.Write("usr/libexec/vdsm/hooks/before_vm_start/50_nvdimm", "");
        File.Copy(NativeHook.Require(), program, overwrite: true);
        var payload = folder.Write("domain.xml", File.ReadAllText(TestFiles.PathOf("domain", domain)));
        Directory.CreateDirectory(folder.PathOf("proc"));
        var (status, output, error) = RealProgram.Run(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount -t proc proc \"$1/proc\" && exec env -i vmId=5b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10 _hook_domxml=/domain.xml /usr/sbin/chroot \"$1\" /usr/libexec/vdsm/hooks/before_vm_start/50_nvdimm",
            "-",
            folder.Path);
        Assert.That((status, output), Is.EqualTo((expected, "")), error);
        Assert.That(error, code.Length == 0 ? Is.Empty : Does.Contain(code));
        Assert.That(File.ReadAllText(payload), Is.EqualTo(File.ReadAllText(TestFiles.PathOf("domain", domain))));
    }

    /// <summary>The uuid of a POWER guest is a SHA-1.</summary>
    [Test]
    public void StartOfAPowerGuest_GetsAStableUuid()
    {
        using var host = new HookHost();
        host.AddFsdax(0, align: 64 << 10);
        Assert.That(Encoding.UTF8.GetString(Start(host, "engine-power.xml")), Does.Contain($"<uuid>{GuestUuid.For(HookHost.Uuid(0)):D}</uuid>"));
    }

    /// <summary>The hash of labels is a SHA-256.</summary>
    [Test]
    public void StartOnLabels_RecordsTheirHash()
    {
        using var host = new HookHost();
        host.AddFsdax(0);
        var area = Labels();
        using (var device = File.OpenHandle(host.Device(0), FileMode.Open, FileAccess.Write))
        {
            RandomAccess.Write(device, area, (898L << 20) - area.Length);
        }

        Start(host, "engine-one.xml");
        Assert.That(host.Ledger.List().Records.Single().LabelHash, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(area))));
    }

    /// <summary>What the loader and .NET's runtime take from the environment before the program begins; some made it hang or check nothing.</summary>
    [TestCase("LD_TRACE_LOADED_OBJECTS", "1")]
    [TestCase("LD_PRELOAD", "/nowhere.so")]
    [TestCase("DOTNET_GCHeapHardLimit", "ffffffffffffffff")]
    [TestCase("DOTNET_GCHeapHardLimit", "1")]
    [TestCase("DOTNET_GCHeapHardLimitPercent", "1")]
    [TestCase("DOTNET_GCRegionSize", "1000")]
    [TestCase("DOTNET_GCRegionRange", "ffffffffffffffff")]
    [TestCase("DOTNET_GCTotalPhysicalMemory", "1")]
    [TestCase("DOTNET_GCgen0size", "ffffffffffffffff")]
    [TestCase("DOTNET_GCHeapCount", "ffff")]
    [TestCase("DOTNET_GCHeapAffinitizeMask", "ffffffffffffffff")]
    [TestCase("DOTNET_gcServer", "1")]
    [TestCase("DOTNET_GCName", "/nowhere.so")]
    public void VariableOfTheRuntime_AmongTheCustomProperties_ChangesNothing(string name, string value)
    {
        using var host = new HookHost();
        host.AddFsdax(0);
        var vdsm = new Vdsm(host) { Custom = { [name] = value } };
        vdsm.Install("before_vm_start");
        Assert.That(vdsm.Run("before_vm_start", host.Domain("engine-one.xml")).Statuses, Is.EqualTo(new[] { 0 }));
        Assert.That(host.Ledger.List().Records.Single().VmId, Is.EqualTo(HookHost.VmId));
        host.Environment["vmId"] = "11111111-52b0-4c8e-9c7e-2f4a3a1c9d10";
        var (_, errors, statuses) = vdsm.Run("before_vm_start", host.Domain("engine-one.xml"));
        Assert.That(statuses, Is.EqualTo(new[] { ExitStatus.Refused }));
        Assert.That(errors.Single(), Does.Contain("[NVDIMM_CLAIM_HELD]"));
    }

    private static byte[] Labels()
    {
        using var packed = new GZipStream(File.OpenRead(TestFiles.PathOf("labels", "x86-v1.2-two-namespaces.bin.gz")), CompressionMode.Decompress);
        using var area = new MemoryStream();
        packed.CopyTo(area);
        return area.ToArray();
    }

    private static byte[] Start(HookHost host, string domain)
    {
        var vdsm = new Vdsm(host);
        vdsm.Install("before_vm_start");
        var (data, errors, statuses) = vdsm.Run("before_vm_start", host.Domain(domain));
        Assert.That(statuses, Is.EqualTo(new[] { 0 }), string.Join(' ', errors));
        return data;
    }
}
