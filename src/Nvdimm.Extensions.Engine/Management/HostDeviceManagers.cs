using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// The managers of one engine, one for each category, in the order of registration. Immutable; safe for use by several threads.
/// </summary>
public sealed class HostDeviceManagers
{
    /// <summary>Creates the collection.</summary>
    /// <param name="managers">The managers of the engine. They share its attachment records.</param>
    /// <exception cref="ArgumentNullException"><paramref name="managers"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">Two managers are of the same category.</exception>
    public HostDeviceManagers(IEnumerable<IHostDeviceManager> managers)
    {
        ArgumentNullException.ThrowIfNull(managers);
        All = managers.ToValueList();
        NullArgument.ThrowIfAny(All, nameof(managers));
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
    /// returns the findings of all categories, each once.
    /// </summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="vmId"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="operation"/> is not a defined value.</exception>
    /// <exception cref="OvirtException">The engine cannot be asked.</exception>
    public async Task<PolicyResult> CheckAsync(string vmId, HostDeviceOperation operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        EnumArgument.Checked(operation, nameof(operation));
        var results = await Task.WhenAll(All.Select(manager => manager.CheckAsync(vmId, operation, devices: null, cancellationToken)))
            .ConfigureAwait(false);
        return new PolicyResult(results.SelectMany(result => result.Findings).Distinct().ToValueList());
    }
}
