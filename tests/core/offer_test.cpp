#include "core/offer.hpp"

#include <gtest/gtest.h>

namespace portdrought::core {
namespace {

using namespace std::chrono_literals;
using Decision = Offer::Decision;

OfferPlan ten_per_second() {
    OfferPlan plan;
    plan.rate = Rate{10};
    plan.duration = 1s;
    plan.in_flight = 2;
    plan.patience = 5s;
    return plan;
}

TEST(Offer, OffersEachAttemptOnceAtItsIntendedStart) {
    Offer offer(ten_per_second());
    EXPECT_EQ(offer.take(0s, 0), Decision::start);
    EXPECT_EQ(offer.take(0s, 0), Decision::nothing);
    EXPECT_EQ(offer.take(99ms, 0), Decision::nothing);
    EXPECT_EQ(offer.intended(105ms), 100ms);
    EXPECT_EQ(offer.take(105ms, 0), Decision::start);
}

TEST(Offer, NothingStartsBeforeTheRun) { EXPECT_EQ(Offer(ten_per_second()).take(-1ms, 0), Decision::nothing); }

TEST(Offer, AnAttemptWithoutASlotIsLateAndNotOfferedAgain) {
    Offer offer(ten_per_second());
    EXPECT_EQ(offer.take(0s, 2), Decision::late);
    EXPECT_EQ(offer.take(50ms, 0), Decision::nothing);
    EXPECT_EQ(offer.take(100ms, 1), Decision::start);
}

TEST(Offer, AGeneratorThatIsFarBehindGivesAttemptsUp) {
    OfferPlan plan = ten_per_second();
    plan.patience = 200ms;
    Offer offer(plan);
    EXPECT_EQ(offer.take(250ms, 0), Decision::late);   // due at 0
    EXPECT_EQ(offer.take(250ms, 0), Decision::start);  // due at 100 ms
    EXPECT_EQ(offer.take(250ms, 0), Decision::start);
    EXPECT_EQ(offer.take(250ms, 0), Decision::nothing);
}

TEST(Offer, IsOverAfterTheLastAttemptDueWithinTheDuration) {
    Offer offer(ten_per_second());
    int offered = 0;
    while (offer.take(10s, 0) != Decision::nothing) ++offered;
    EXPECT_EQ(offered, 10);
    EXPECT_TRUE(offer.is_over(0s));
    EXPECT_EQ(offer.next_due(10s, 0), std::nullopt);
}

TEST(Offer, OpenLoopIsDueWhateverTheSlots) {
    Offer offer(ten_per_second());
    (void)offer.take(0s, 0);
    EXPECT_EQ(offer.next_due(0s, 2), 100ms);
    EXPECT_FALSE(offer.is_over(0s));
}

TEST(Offer, ClosedLoopStartsWheneverASlotIsFreeUntilTheEnd) {
    OfferPlan plan = ten_per_second();
    plan.rate.reset();
    Offer offer(plan);
    EXPECT_TRUE(offer.is_closed_loop());
    EXPECT_EQ(offer.take(3ms, 0), Decision::start);
    EXPECT_EQ(offer.intended(3ms), 3ms);
    EXPECT_EQ(offer.take(3ms, 1), Decision::start);
    EXPECT_EQ(offer.take(3ms, 2), Decision::nothing);
    EXPECT_EQ(offer.next_due(3ms, 2), std::nullopt);
    EXPECT_EQ(offer.next_due(3ms, 1), 3ms);
    EXPECT_FALSE(offer.is_over(999ms));
    EXPECT_TRUE(offer.is_over(1s));
    EXPECT_EQ(offer.take(1s, 0), Decision::nothing);
    EXPECT_EQ(offer.next_due(1s, 0), std::nullopt) << "a loop would spin";
}

TEST(Offer, AdmissionRefusesWhateverTheSlots) {
    OfferPlan plan = ten_per_second();
    plan.admission = Rate{5};
    Offer offer(plan);
    EXPECT_EQ(offer.take(1s, 0), Decision::start);
    EXPECT_EQ(offer.intended(1s), 100ms);
    EXPECT_EQ(offer.take(1s, 2), Decision::refuse) << "nobody asks for a slot that is not going to be used";
    EXPECT_EQ(offer.take(1s, 2), Decision::late) << "let through, and no slot is free";
    EXPECT_EQ(offer.take(1s, 0), Decision::refuse);
}

TEST(Offer, RefusalsAreCountedWhenSomethingElseIsDue) {
    OfferPlan plan = ten_per_second();
    plan.admission = Rate{2.5};
    Offer offer(plan);
    (void)offer.take(0s, 0);
    EXPECT_EQ(offer.next_due(0s, 0), 400ms) << "those due at 100, 200 and 300 ms are refused";
    for (int i = 0; i < 3; ++i) EXPECT_EQ(offer.take(400ms, 0), Decision::refuse);
    EXPECT_EQ(offer.take(400ms, 0), Decision::start);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(offer.take(800ms, 0), Decision::refuse);
    EXPECT_EQ(offer.take(800ms, 0), Decision::start);
    EXPECT_EQ(offer.next_due(800ms, 0), 1s) << "the last one is refused, and counted";
    EXPECT_FALSE(offer.is_over(800ms));
    EXPECT_EQ(offer.take(1s, 0), Decision::refuse);
    EXPECT_TRUE(offer.is_over(1s));
    EXPECT_EQ(offer.next_due(1s, 0), std::nullopt);
}

TEST(Offer, SharesDivideSlotsAndAttempts) {
    OfferPlan plan = ten_per_second();
    plan.in_flight = 3;
    int started = 0;
    for (unsigned share = 0; share < 2; ++share) {
        Offer offer(plan, share, 2);
        EXPECT_EQ(offer.take(1s, share == 0 ? 1U : 0U), Decision::start);
        EXPECT_EQ(offer.take(1s, share == 0 ? 2U : 1U), Decision::late);
        started += 2;
        while (offer.take(1s, 0) != Decision::nothing) ++started;
    }
    EXPECT_EQ(started, 10);
}

}  // namespace
}  // namespace portdrought::core
