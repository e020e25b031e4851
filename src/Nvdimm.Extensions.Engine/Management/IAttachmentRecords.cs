using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// Remembers which host devices were attached to which VM, with what identifies them: the engine knows names only, and forgets
/// attachments by itself.
/// </summary>
public interface IAttachmentRecords
{
    /// <summary>All that is noted, by the id of the VM. A VM that nothing was ever noted for is not in it.</summary>
    /// <exception cref="IOException">The record cannot be read.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    Task<IReadOnlyDictionary<string, ValueList<AttachedHostDevice>>> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Changes what is noted for a VM; nobody else changes the record meanwhile.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="change">Makes the new devices of the old ones.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The record cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    Task ChangeAsync(string vmId, Func<ValueList<AttachedHostDevice>, ValueList<AttachedHostDevice>> change, CancellationToken cancellationToken = default);
}
