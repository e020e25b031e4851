using Nvdimm.Extensions.Policy;
using Nvdimm.Hook.Files;

namespace Nvdimm.Hook.Points;

/// <summary>
/// What a VM with NVDIMMs must not be put through, since QEMU would write an older content over the devices or copy it to another host's.
/// Refused in the engine's words.
/// </summary>
internal abstract class RefusedWithNvdimms(NvdimmOperation operation) : IHookPoint
{
    public int FailureStatus => ExitStatus.Refused;

    public HookResult Run(HookContext context)
    {
        var (_, elements, unread) = NvdimmText.Read(context.Payload);
        if (unread.Count > 0)
        {
            return HookResult.Of(unread);
        }

        return HookResult.Of(NvdimmPolicy.Evaluate(new PolicyRequest
        {
            Operation = operation,
            Vm = new VmDescription { Name = context.VmId ?? "the VM", Nvdimms = [.. elements.Select(element => new AttachedNvdimm(element.Path))] },
        }).Violations) with
        { Subject = context.VmId is { } id ? $"VM {id}" : null };
    }
}
