using System.Globalization;
using System.Text.RegularExpressions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>A file on hugetlbfs: without an alignment in the domain QEMU takes the huge page, where it takes a usual page elsewhere.</summary>
[NonParallelizable]
public sealed class HugePageFileTests
{
    private const string Pages = "/proc/sys/vm/nr_hugepages";
    private const long MiB = 1 << 20;

    [Test]
    public void WithoutAlignSize_TheGuestGetsWholeHugePages_AsQemuGivesIt()
    {
        using var folder = new TemporaryFolder();
        using var mount = new HugePages(folder.PathOf("huge"));
        Assert.That(GuestSizes(Made(folder.PathOf("huge", "vm.img"))), Is.EqualTo((2 * MiB, 2 * MiB)));
        Assert.That(GuestSizes(Made(folder.PathOf("vm.img"))), Is.EqualTo(((4 * MiB) - (128 << 10), (4 * MiB) - (128 << 10))));
    }

    [Test]
    public void AlignSizeBelowTheHugePage_IsRefused()
    {
        var usual = new BackingFile(null, IsDax: false);
        var file = new NvdimmDevice { Name = "/huge/vm.img", Path = "/huge/vm.img", Size = ByteSize.FromBytes(4 * MiB), File = usual };
        var huge = file with { File = usual with { PageSize = Alignment.FromMiB(2) } };
        Assert.That(Asked(huge, Alignment.FromKiB(4)).Sizing.Codes, Does.Contain(NvdimmCodes.AlignBelowPage));
        Assert.That(Asked(file, Alignment.FromKiB(4)).Sizing.Codes, Has.None.EqualTo(NvdimmCodes.AlignBelowPage));
    }

    private static string Made(string path)
    {
        using var file = File.Create(path);
        file.SetLength(4 * MiB);
        return path;
    }

    private static (long Predicted, long Measured) GuestSizes(string path)
    {
        var device = new HostDevices().Find(path)!;
        return (Asked(device, null).Sizing.Layout!.GuestSize.Bytes, Measured(path));
    }

    private static AskedNvdimm Asked(NvdimmDevice device, Alignment? align)
    {
        var element = new RowDomain { Target = 4 * MiB, Align = align?.Bytes };
        var xml = element.Xml(device.Path!, GuestArchitecture.X86_64);
        return AskedNvdimm.Of(DomainNvdimms.Read(xml).Elements.Single(), device, GuestArchitecture.X86_64, ByteSize.FromGiB(1))!;
    }

    /// <summary>What QEMU says of the NVDIMM; the guest does not run.</summary>
    private static long Measured(string path)
    {
        RealProgram.Require("qemu-system-x86_64", "qemu-system-x86");
        const string Monitor = "info memory-devices\nquit\n";
        var command = $"printf '{Monitor}' | qemu-system-x86_64 -S -nodefaults -display none -monitor stdio -machine q35,nvdimm=on -m 64M,slots=1,maxmem=1G"
            + $" -object memory-backend-file,id=m,mem-path={path},size=4M,share=on -device nvdimm,memdev=m,label-size=128K";
        var (status, output, error) = RealProgram.Run("sh", "-c", command);
        Assert.That(status, Is.Zero, error);
        var size = Regex.Match(output, @"size: (?<bytes>\d+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.That(size.Success, output + error);
        return long.Parse(size.Groups["bytes"].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>A mount of hugetlbfs, and two pages more than the machine had.</summary>
    private sealed class HugePages : IDisposable
    {
        private readonly string folder;
        private readonly string before;

        public HugePages(string folder)
        {
            this.folder = folder;
            Directory.CreateDirectory(folder);
            before = File.Exists(Pages) ? File.ReadAllText(Pages).Trim() : "";
            if (before.Length == 0 || !Environment.IsPrivilegedProcess
                || RealProgram.Run("mount", "-t", "hugetlbfs", "-o", "pagesize=2M", "none", folder).ExitCode != 0)
            {
                Assert.Ignore("no hugetlbfs can be mounted here: only root can, with a kernel that has it");
            }

            var wanted = (int.Parse(before, CultureInfo.InvariantCulture) + 2).ToString(CultureInfo.InvariantCulture);
            File.WriteAllText(Pages, wanted);
            if (File.ReadAllText(Pages).Trim() != wanted)
            {
                Dispose();
                Assert.Ignore("the kernel has no two huge pages free");
            }
        }

        public void Dispose()
        {
            var unmounted = RealProgram.Run("umount", folder);
            File.WriteAllText(Pages, before);
            Assert.That(unmounted.ExitCode, Is.Zero, unmounted.Error);
        }
    }
}
