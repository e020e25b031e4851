using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>Changes what is noted for a VM, one device at a time. A change that has begun is finished, whoever gives up meanwhile.</summary>
/// <param name="records">Where attachments are noted; null where nobody notes them.</param>
/// <param name="category">Says which entries are of one device.</param>
internal sealed class AttachmentNotes(IAttachmentRecords? records, IHostDeviceCategory category)
{
    /// <summary>Finds out whether the record of a VM can be changed, by writing what it says already.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public Task ProveAsync(string vmId, CancellationToken cancellationToken) => records?.ChangeAsync(vmId, noted => noted, cancellationToken) ?? Task.CompletedTask;

    /// <summary>Notes a device in place of what was noted of the same one.</summary>
    /// <returns>What was noted of it before, for <see cref="RestoreAsync"/>.</returns>
    public async Task<ValueList<AttachedHostDevice>> AddAsync(string vmId, AttachedHostDevice device)
    {
        ValueList<AttachedHostDevice> before = [];
        await ChangeAsync(vmId, noted =>
        {
            before = noted.Where(other => category.IsSame(other, device)).ToValueList();
            return [.. noted.Where(other => !category.IsSame(other, device)), device];
        }).ConfigureAwait(false);
        return before;
    }

    /// <summary>Puts back what was noted of a device before it was added.</summary>
    public Task RestoreAsync(string vmId, AttachedHostDevice device, ValueList<AttachedHostDevice> before) =>
        ChangeAsync(vmId, noted => [.. noted.Where(other => !category.IsSame(other, device)), .. before]);

    /// <summary>Takes a device out.</summary>
    public Task RemoveAsync(string vmId, AttachedHostDevice device) => ChangeAsync(vmId, noted => noted.Where(other => !category.IsSame(other, device)).ToValueList());

    private Task ChangeAsync(string vmId, Func<ValueList<AttachedHostDevice>, ValueList<AttachedHostDevice>> change) =>
        records?.ChangeAsync(vmId, change, CancellationToken.None) ?? Task.CompletedTask;
}
