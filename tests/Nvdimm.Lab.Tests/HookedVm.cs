using System.Security.Cryptography;
using Nvdimm.Hook;
using Nvdimm.Hook.Tests;

namespace Nvdimm.Lab.Tests;

/// <summary>
/// A VM whose domain goes through the hooks, as VDSM runs them, before libvirt starts it. Sparse files stand for the devices of the host.
/// Without the hooks it is a VM of another manager, or of the time before the hooks were installed: nothing is recorded of it.
/// </summary>
internal sealed class HookedVm : IDisposable
{
    private static readonly ByteSize Memory = ByteSize.FromMiB(512);
    private static readonly string Program = Path.Combine(TestContext.CurrentContext.TestDirectory, "nvdimm-hook.dll");

    private readonly HookHost host = new();
    private readonly LabFolder folder = new();
    private int devices;

    public HookedVm()
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(host.Root, owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    private string Name => $"lab-{folder.Name}";

    /// <summary>Adds a namespace of mode fsdax, all zeros.</summary>
    /// <returns>The path of its block device.</returns>
    public string AddDevice(ByteSize size, Alignment align)
    {
        var number = devices++;
        host.AddFsdax(number, size.Bytes, align.Bytes);
        LabFolder.Open(host.Device(number));
        return host.Device(number);
    }

    /// <summary>The domain with these NVDIMMs.</summary>
    public string Xml(params IEnumerable<LabNvdimm> nvdimms)
    {
        var elements = string.Concat(nvdimms.Select(nvdimm => nvdimm.Xml));
        return LabDomain.Xml(Name, folder, Memory).Replace("<memballoon", $"{elements}\n    <memballoon", StringComparison.Ordinal);
    }

    /// <summary>Asks the hook whether and how the domain starts.</summary>
    public HookAnswer Decide(string xml) => RunHook("before_vm_start", xml);

    /// <summary>The hook refuses the start with this code, and changes neither the domain nor a device.</summary>
    /// <returns>What it said.</returns>
    public string AssertRefused(string xml, string code)
    {
        var before = Devices();
        var answer = Decide(xml);
        Assert.That(answer.Status, Is.EqualTo(ExitStatus.Refused), answer.Line);
        Assert.That(answer.Codes, Does.Contain(code), answer.Line);
        Assert.That(answer.Xml, Is.EqualTo(xml));
        Assert.That(Devices(), Is.EqualTo(before), "the devices are as they were");
        return answer.Line;
    }

    /// <summary>Starts the domain as the hook leaves it, and waits until the guest has powered off.</summary>
    public (HookAnswer Answer, GuestResult Result) Start(string xml, string script)
    {
        var answer = Decide(xml);
        Assert.That(answer.Status, Is.Zero, answer.Line);
        var result = StartWithoutHook(answer.Xml, script);
        var end = RunHook("after_vm_destroy", answer.Xml);
        Assert.That(end.Status, Is.Zero, end.Line);
        return (answer, result);
    }

    /// <summary>Starts the domain as it is, and waits until the guest has powered off.</summary>
    public GuestResult StartWithoutHook(string xml, string script)
    {
        folder.Prepare(script);
        using (var domain = LabDomain.Start(xml, Name, folder))
        {
            domain.WaitForEnd();
        }

        return folder.Result();
    }

    /// <summary>The SHA-256 of a device.</summary>
    public static string Sum(string path)
    {
        using var device = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(device));
    }

    public void Dispose()
    {
        host.Dispose();
        folder.Dispose();
    }

    private ValueList<string> Devices() => Enumerable.Range(0, devices).Select(number => Sum(host.Device(number))).ToValueList();

    private HookAnswer RunHook(string point, string xml)
    {
        File.WriteAllText(host.Payload, xml);
        var (status, _, line) = RealProgram.Run(
            "env", $"_hook_domxml={host.Payload}", $"vmId={HookHost.VmId}", Environment.ProcessPath!, Program, point, "--root", host.Root);
        TestContext.Out.WriteLine(line);
        return new HookAnswer(status, line, File.ReadAllText(host.Payload));
    }
}
