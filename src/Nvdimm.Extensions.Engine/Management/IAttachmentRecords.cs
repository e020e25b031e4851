using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// Records which host devices were attached to which VM, with their identities. The engine knows only names, and removes attachments by
/// itself. Implementations must be safe for use by several threads.
/// </summary>
public interface IAttachmentRecords
{
    /// <summary>Reads all records, by the id of the VM. A VM that never had a record is not included.</summary>
    /// <exception cref="IOException">The record cannot be read.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    Task<IReadOnlyDictionary<string, ValueList<AttachedHostDevice>>> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Changes the record of a VM. No other change of the record happens meanwhile.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="change">Returns the new devices for the old ones.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="IOException">The record cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    Task ChangeAsync(
        string vmId,
        Func<ValueList<AttachedHostDevice>, ValueList<AttachedHostDevice>> change,
        CancellationToken cancellationToken = default);
}
