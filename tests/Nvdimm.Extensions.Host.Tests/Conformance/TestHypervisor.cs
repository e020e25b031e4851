using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Conformance;

/// <summary>The real programs, and scripts that stand for broken ones.</summary>
internal static class TestHypervisor
{
    public const string QemuX86 = "qemu-system-x86_64";

    /// <summary>The connection of a libvirt that is there for tests only; it ends by itself.</summary>
    public static string Connection()
    {
        RealProgram.Require("virsh", "libvirt-clients");
        RequireQemu();
        var (exitCode, output, error) = RealProgram.Run(Path.Combine(TestFiles.RepositoryRoot, "build", "libvirt-for-tests.sh"));
        if (exitCode != 0)
        {
            RealProgram.Unavailable($"No libvirt for tests (Debian package libvirt-daemon-system): {error}");
        }

        return output.Trim();
    }

    public static void RequireQemu()
    {
        RealProgram.Require(QemuX86, "qemu-system-x86");
        RealProgram.Require("qemu-system-ppc64", "qemu-system-ppc");
        RealProgram.Require("qemu-system-aarch64", "qemu-system-arm");
    }

    public static async Task<CaseResult> CheckAsync(SizingResult sized, HypervisorPrograms programs)
    {
        var options = new ConformanceOptions { Programs = programs, Architectures = [sized.Request.Architecture] };
        var installed = await InstalledHypervisor.FindAsync(options, CancellationToken.None);
        return (await ConformanceCheck.CheckAllAsync(options, [sized], installed, new ProgressTally(null, 1), CancellationToken.None)).Single();
    }

    public static SizingRequest Request(GuestArchitecture architecture, long deviceMiB, long alignKiB, SizingStrategy strategy = SizingStrategy.Ovirt) =>
        new(architecture, ByteSize.FromMiB(deviceMiB)) { Align = Alignment.FromKiB(alignKiB), Strategy = strategy };

    /// <summary>An executable script in a folder.</summary>
    public static string Script(string folder, string body)
    {
        var path = Path.Combine(folder, "program");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        RealProgram.Run("chmod", "+x", path);
        return path;
    }
}
