using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Hook.Files;

namespace Nvdimm.Hook.Tests;

/// <summary>A host below a folder: sysfs, device files, configuration, state. fsdax namespaces of 1 GiB, aligned to 2 MiB, unless said otherwise.</summary>
internal sealed class HookHost : IDisposable
{
    public const string VmId = "5b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10";
    private readonly TemporaryFolder folder = new();

    public HookHost()
    {
        folder.Write("proc/self/mountinfo", "");
        folder.Write("proc/swaps", "Filename Type Size Used Priority\n");
        Configure("unverified-hypervisor = warn");
        StateFolder.Make(State, MachineId.Of(Root));
    }

    public string Root => folder.Path;

    public string State => folder.PathOf("var", "lib", "nvdimm-extensions");

    public string Payload => folder.PathOf(PayloadName);

    /// <summary>What VDSM calls the file.</summary>
    public string PayloadName { get; set; } = "payload";

    public Dictionary<string, string?> Environment { get; } = new(StringComparer.Ordinal) { ["vmId"] = VmId };

    public LayoutLedger Ledger => new(State, TimeProvider.System);

    public DeviceClaims Claims => new(State, TimeProvider.System);

    public string Write(string path, string content) => folder.Write(path, content);

    public void Configure(params string[] lines) => folder.Write("etc/nvdimm-extensions/hook.conf", string.Join('\n', lines));

    public string Device(int number) => folder.PathOf("dev", $"pmem{number}");

    public static Guid Uuid(int number) => Guid.Parse($"1{number.ToString("D7", CultureInfo.InvariantCulture)}-82b6-40ad-8962-6f0412bab47d");

    public string Pfn(int number) => $"sys/devices/ndbus0/region{number}/pfn{number}.0";

    /// <summary>Adds namespace<em>N</em>.0 at /dev/pmem<em>N</em>.</summary>
    public void AddFsdax(int number, long size = 1L << 30, long align = 2 << 20, Guid? uuid = null)
    {
        var space = $"sys/devices/ndbus0/region{number}/namespace{number}.0";
        var block = $"{Pfn(number)}/block/pmem{number}";
        folder.Write($"{space}/holder", $"pfn{number}.0\n");
        folder.Write($"{space}/size", $"{size + (2 << 20)}\n");
        folder.Write($"{space}/uuid", $"{number.ToString("D8", CultureInfo.InvariantCulture)}-82b6-40ad-8962-6f0412bab47d\n");
        folder.Write($"{space}/numa_node", "0\n");
        folder.Write($"{Pfn(number)}/namespace", $"namespace{number}.0\n");
        folder.Write($"{Pfn(number)}/uuid", $"{uuid ?? Uuid(number):D}\n");
        folder.Write($"{Pfn(number)}/align", $"{align}\n");
        folder.Write($"{block}/size", $"{size / 512}\n");
        folder.Write($"{block}/dev", $"259:{number}\n");
        folder.Write($"{block}/ro", "0\n");
        Directory.CreateDirectory(folder.PathOf([.. block.Split('/'), "holders"]));
        Link(folder.PathOf([.. block.Split('/'), "device"]), folder.PathOf(Pfn(number).Split('/')));
        Link(folder.PathOf("sys", "block", $"pmem{number}"), folder.PathOf(block.Split('/')));
        Link(folder.PathOf("sys", "bus", "nd", "devices", $"namespace{number}.0"), folder.PathOf(space.Split('/')));
        folder.Write($"dev/pmem{number}", "");
        using var file = File.OpenWrite(Device(number));
        file.SetLength(size);
    }

    /// <summary>A file of TestData/hook, with the device files of this host.</summary>
    public string Domain(string name) => TestFiles.Text("hook", name).Replace("/dev/pmem", folder.PathOf("dev", "pmem"), StringComparison.Ordinal);

    /// <summary>The payload without what is special about this host.</summary>
    public string ReadPayload() => File.ReadAllText(Payload).Replace(folder.PathOf("dev", "pmem"), "/dev/pmem", StringComparison.Ordinal);

    /// <summary>Puts a pipe where a file is looked for: whoever opens it the usual way waits for the other end for ever.</summary>
    public string Pipe(string path)
    {
        File.Delete(folder.Write(path, ""));
        var made = RealProgram.Run("mkfifo", folder.PathOf(path.Split('/')));
        Assert.That(made.ExitCode, Is.Zero, made.Error);
        return folder.PathOf(path.Split('/'));
    }

    /// <summary>Runs a hook in this process.</summary>
    public (int Status, string Line, ValueList<string> Codes) Run(string point, string payload, params string[] arguments)
    {
        File.WriteAllText(Payload, payload);
        return RunAsItIs(point, arguments);
    }

    /// <summary>Runs a hook with any bytes.</summary>
    public (int Status, string Line, ValueList<string> Codes) Run(string point, byte[] payload, params string[] arguments)
    {
        File.WriteAllBytes(Payload, payload);
        return RunAsItIs(point, arguments);
    }

    /// <summary>Runs a hook with what is in the payload's place.</summary>
    public (int Status, string Line, ValueList<string> Codes) RunAsItIs(string point, params string[] arguments)
    {
        var line = "";
        var invocation = Invocation.Of("nvdimm-hook", [point, "--root", Root, .. arguments]);
        var status = HookRun.Run(new HookContext(invocation, new PayloadFile(Payload), name => Environment.GetValueOrDefault(name), TimeProvider.System), (text, _) => line = text);
        return (status, line, Codes(line));
    }

    /// <summary>Runs libvirt's hook in this process, as it is installed on this host.</summary>
    /// <param name="call">The operation and its part, such as <c>prepare begin</c>.</param>
    /// <param name="domainXml">The domain on standard input.</param>
    public (int Status, string Line, ValueList<string> Codes) Libvirt(string call, string domainXml)
    {
        var line = "";
        var invocation = Invocation.Of(Path.Combine(Root, "etc/libvirt/hooks/qemu.d/50-nvdimm"), ["pmem-vm", .. call.Split(' '), "-"]);
        var input = new StandardInput(() => new MemoryStream(Encoding.UTF8.GetBytes(domainXml)));
        var status = HookRun.Run(new HookContext(invocation, input, _ => null, TimeProvider.System), (text, _) => line = text);
        return (status, line, Codes(line));
    }

    private static ValueList<string> Codes(string line) =>
        Regex.Matches(line, @"\[(?<code>[A-Z_]+)\]", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => match.Groups["code"].Value).ToValueList();

    /// <summary>Runs a hook that refuses with these codes at least, in one line, and leaves the payload as it was.</summary>
    /// <returns>The line.</returns>
    public string AssertRefused(string point, string payload, params string[] codes)
    {
        var (status, line, found) = Run(point, payload);
        Assert.That(status, Is.EqualTo(ExitStatus.Refused), line);
        Assert.That(codes, Is.SubsetOf(found), line);
        Assert.That(line, Does.StartWith($"nvdimm-hook: {point}: ").And.Not.Contains("\n"));
        Assert.That(File.ReadAllText(Payload), Is.EqualTo(payload));
        return line;
    }

    public void Dispose() => folder.Dispose();

    private static void Link(string link, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        Directory.CreateSymbolicLink(link, target);
    }
}
