using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// The managers of one engine, one for each category, in the order of registration. Immutable; safe for use by several threads.
/// </summary>
public sealed class HostDeviceManagers
{
    /// <summary>Creates the collection.</summary>
    /// <param name="managers">The managers of the engine. The caller gives them the same attachment records.</param>
    /// <exception cref="ArgumentNullException"><paramref name="managers"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">There is no manager, or two are of the same category.</exception>
    public HostDeviceManagers(IEnumerable<IHostDeviceManager> managers)
    {
        ArgumentNullException.ThrowIfNull(managers);
        All = managers.ToValueList();
        NullArgument.ThrowIfAny(All, nameof(managers));
        if (All.Count == 0)
        {
            throw new ArgumentException("There is no manager.", nameof(managers));
        }

        if (All.DistinctBy(manager => manager.Category.Capability, StringComparer.Ordinal).Count() < All.Count)
        {
            throw new ArgumentException("Two managers are of the same category.", nameof(managers));
        }
    }

    /// <summary>All managers.</summary>
    public ValueList<IHostDeviceManager> All { get; }

    /// <summary>The manager of a category, such as <c>nvdimm</c>; null if there is none.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="capability"/> is null.</exception>
    public IHostDeviceManager? Find(string capability)
    {
        ArgumentNullException.ThrowIfNull(capability);
        return All.FirstOrDefault(manager => string.Equals(manager.Category.Capability, capability, StringComparison.Ordinal));
    }

    /// <summary>
    /// Checks whether the VM's devices of all categories allow an operation that concerns the whole VM, such as a start or a snapshot. It
    /// returns the findings of all categories, each once. Each manager reads the VM and its host by itself.
    /// </summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="request">As for <see cref="IHostDeviceManager.CheckAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// The operation names devices (attach, detach, hot plug, hot unplug): then it is asked of the manager of their category. Or it is the
    /// removal of a host, which concerns no VM.
    /// </exception>
    /// <exception cref="OvirtException">The engine cannot be asked.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="IOException">The attachment records cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the attachment records.</exception>
    /// <exception cref="InvalidDataException">The attachment records are damaged.</exception>
    public async Task<PolicyResult> CheckAsync(string vmId, HostDeviceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Operation is HostDeviceOperation.Attach or HostDeviceOperation.Detach or HostDeviceOperation.HotPlug
            or HostDeviceOperation.HotUnplug)
        {
            throw new ArgumentException(
                $"{request.Operation} names devices, which are of one category: ask the manager of that category.", nameof(request));
        }

        var results = await Task.WhenAll(All.Select(manager => manager.CheckAsync(vmId, request, cancellationToken))).ConfigureAwait(false);
        return new PolicyResult(results.SelectMany(result => result.Findings).Distinct().ToValueList());
    }
}
