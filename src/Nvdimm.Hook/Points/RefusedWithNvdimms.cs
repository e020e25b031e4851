using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;
using Nvdimm.Hook.Files;
using Nvdimm.Hook.Start;

namespace Nvdimm.Hook.Points;

/// <summary>
/// An operation that is refused for a VM with NVDIMMs, because QEMU would write older content over the devices or copy it to another
/// host's. The refusal uses the engine's words.
/// </summary>
internal abstract class RefusedWithNvdimms(HostDeviceOperation operation) : IHookPoint
{
    public int FailureStatus => ExitStatus.Refused;

    public HookResult Run(HookContext context)
    {
        var (_, elements, others, unread) = NvdimmText.Read(context.Payload);
        if (unread.Count > 0)
        {
            return HookResult.Of(unread);
        }

        var pmems = HostMemoryUses.Find(others, context).Pmems.Select(pmem => pmem.Use.Path);
        var refusals = Refusals(operation, context.VmId ?? "the VM", elements.Select(element => element.Path).Concat(pmems));
        return HookResult.Of(refusals) with { Subject = context.VmId is { } id ? $"VM {id}" : null };
    }

    /// <summary>The reasons why a VM with these NVDIMMs must not go through an operation; empty without NVDIMMs.</summary>
    public static ValueList<Finding> Refusals(HostDeviceOperation operation, string vm, IEnumerable<string> paths) =>
        NvdimmPolicy.Check(new PolicyRequest
        {
            Operation = operation,
            Vm = new VmDescription { Name = vm, Nvdimms = [.. paths.Select(path => new AttachedNvdimm(path))] },
        }).Findings;
}
