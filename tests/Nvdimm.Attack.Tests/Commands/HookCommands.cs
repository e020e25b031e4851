using Nvdimm.Attack.Tests.Faults;
using Nvdimm.Extensions.Host.Tests.Labels;
using Nvdimm.Extensions.Host.Tests.Start;
using Nvdimm.Hook.Tests;

namespace Nvdimm.Attack.Tests.Commands;

/// <summary>Hook points with a host of their own: starts that may go on, starts that must be refused, and the end of a VM.</summary>
internal static class HookCommands
{
    private const string Start = "before_vm_start";
    private const string Destroy = "after_vm_destroy";
    private const string OtherVm = "6b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10";

    /// <summary>Each command by name: made on a host that is given.</summary>
    public static Dictionary<string, Func<HookHost, AttackedCommand>> All { get; } = new(StringComparer.Ordinal)
    {
        ["first start"] = host => Of(host, Start, Devices(host, 1).Domain("engine-one.xml")),
        ["first start with four devices"] = host => Of(host, Start, Four(Devices(host, 4))),
        ["restart"] = host => Of(host, Start, Used(host).Domain("engine-one.xml")),
        ["start whose domain is corrected"] = host => Of(host, Start, Used(host).Domain("engine-other-size.xml")),
        ["end of a VM"] = host =>
        {
            Run(Devices(host, 1), Start, HookHost.VmId);
            return Of(host, Destroy, host.Domain("engine-one.xml")) with { Warnings = ["nvdimm-hook: after_vm_destroy: "], IsCleanedLater = true };
        },
        ["start with a mounted device"] = host =>
        {
            host.Write("proc/self/mountinfo", "36 35 259:0 / /mnt rw - ext4 /dev/pmem0 rw\n");
            return Refused(host, Devices(host, 1).Domain("engine-one.xml"));
        },
        ["start with labels twice"] = host =>
        {
            Devices(host, 1);
            WriteLabels(host, RowNames.EngineOffset, 1);
            WriteLabels(host, RowNames.WholeOffset, 2);
            return Refused(host, host.Domain("engine-one.xml"));
        },
        ["start with another VM's device"] = host =>
        {
            Run(Devices(host, 1), Start, OtherVm);
            Run(host, Destroy, OtherVm);
            return Refused(host, host.Domain("engine-one.xml"));
        },
        ["start with a device that another VM holds"] = host =>
        {
            Run(Devices(host, 1), Start, OtherVm);
            return Refused(host, host.Domain("engine-one.xml"));
        },
        ["start without the recorded device"] = host => Refused(Used(host), host.Domain("engine-without.xml")) with
        {
            Warnings = [NvdimmCodes.ExpectedNvdimmsUnknown],
        },
    };

    private static AttackedCommand Refused(HookHost host, string domain) => Of(host, Start, domain) with { MustRefuse = true };

    private static AttackedCommand Of(HookHost host, string point, string domain)
    {
        var payload = host.Write("vdsm/payload", domain);
        return new AttackedCommand(
            [Programs.Hook, point, "--root", host.Root], new AttackedFiles([host.State, Path.GetDirectoryName(payload)!], []), host.Root)
        {
            Warnings = [NvdimmCodes.ClaimNotReleased],
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["vmId"] = HookHost.VmId, ["_hook_domxml"] = payload },
        };
    }

    /// <summary>A host whose device the VM has used once.</summary>
    private static HookHost Used(HookHost host)
    {
        Run(Devices(host, 1), Start, HookHost.VmId);
        Run(host, Destroy, HookHost.VmId);
        return host;
    }

    private static void Run(HookHost host, string point, string vm)
    {
        host.Environment["vmId"] = vm;
        var (status, line, _) = host.Run(point, host.Domain("engine-one.xml"));
        Assert.That(status, Is.Zero, line);
    }

    private static HookHost Devices(HookHost host, int count)
    {
        for (var number = 0; number < count; number++)
        {
            host.AddFsdax(number);
        }

        return host;
    }

    /// <summary>The host's memory is one node, whichever node the engine has written.</summary>
    private static string Four(HookHost host) => host.Domain("engine-four.xml").Replace("<node>1</node>", "<node>0</node>", StringComparison.Ordinal);

    private static void WriteLabels(HookHost host, long offset, int number)
    {
        using var device = File.OpenWrite(host.Device(0));
        device.Position = offset;
        device.Write(SyntheticLabels.AreaUpTo(2, RowNames.EngineGuest, (RowNames.Namespace(number), "db", 7)));
    }
}
